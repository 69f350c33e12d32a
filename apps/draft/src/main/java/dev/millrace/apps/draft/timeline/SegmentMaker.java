package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Attachments;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.Fade;
import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.format.Overlay;
import dev.millrace.apps.draft.format.Segment;
import dev.millrace.apps.draft.format.Text;
import dev.millrace.apps.draft.format.TextLayout;
import dev.millrace.apps.draft.format.TextLook;
import dev.millrace.apps.draft.format.TimeRange;
import dev.millrace.apps.draft.format.Track;
import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.format.Transition;
import dev.millrace.apps.draft.recipe.Decoration;
import dev.millrace.apps.draft.recipe.EffectRequest;
import dev.millrace.apps.draft.recipe.FadeRequest;
import dev.millrace.apps.draft.recipe.Item;
import dev.millrace.apps.draft.recipe.ItemType;
import dev.millrace.apps.draft.recipe.TextStyle;
import dev.millrace.apps.draft.recipe.TrackRequest;
import dev.millrace.apps.draft.recipe.TransitionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes segments of pieces, with what is attached to them. */
final class SegmentMaker {
  private final Supplier<String> ids;
  private final List<Note> notes;
  private final AnimationMaker animations;
  private final CurveMaker curves;
  private final OverlayMaker makers;
  private final List<Text> texts = new ArrayList<>();
  private final List<Overlay> overlays = new ArrayList<>();

  SegmentMaker(Supplier<String> ids, List<Note> notes) {
    this.ids = ids;
    this.notes = notes;
    this.animations = new AnimationMaker(ids, notes);
    this.curves = new CurveMaker(ids, notes);
    this.makers = new OverlayMaker(ids);
  }

  /** The texts of all segments so far. */
  List<Text> texts() {
    return texts;
  }

  /** What lies on tracks for effects, filters and stickers so far. */
  List<Overlay> overlays() {
    return overlays;
  }

  Track track(TrackRequest track, List<Piece> pieces) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece next = i + 1 < pieces.size() ? pieces.get(i + 1) : null;
      segments.add(segment(pieces.get(i), next));
    }
    return new Track(
        ids.get(), track.type(), track.title(), track.renderIndex(), track.muted(), segments);
  }

  private Segment segment(Piece piece, @Nullable Piece next) {
    Item item = piece.item();
    Media media = piece.media();
    TrackType track = item.type().track();
    boolean plain = track == TrackType.EFFECT || track == TrackType.FILTER;
    TimeRange source =
        media == null
            ? null
            : new TimeRange(
                item.sourceStartMicros(), Math.round(piece.durationMicros() * piece.speed()));
    Clip clip = item.clip() == null ? Clip.PLAIN : item.clip();
    return new Segment(
        ids.get(),
        media == null ? material(piece) : media.id(),
        new TimeRange(piece.startMicros(), piece.durationMicros()),
        source,
        plain ? null : ids.get(),
        piece.speed(),
        media == null ? 1 : item.volume(),
        plain || track == TrackType.AUDIO ? null : clip,
        attachments(piece, next));
  }

  private Attachments attachments(Piece piece, @Nullable Piece next) {
    Decoration decoration = piece.item().decoration();
    return new Attachments(
        transition(piece, next),
        fade(piece),
        makers.background(decoration),
        animations.make(piece),
        makers.mask(decoration, piece.media()),
        makers.onSegment(decoration),
        curves.make(piece));
  }

  private String material(Piece piece) {
    EffectRequest effect = piece.item().overlay();
    if (effect == null) {
      return text(piece);
    }
    Overlay overlay = makers.onTrack(effect);
    overlays.add(overlay);
    return overlay.id();
  }

  private String text(Piece piece) {
    Item item = piece.item();
    boolean subtitle = item.type() == ItemType.SUBTITLE || item.text() == null;
    String words = piece.text() == null ? "" : piece.text();
    TextStyle style = item.style();
    TextLook look = style == null ? TextLook.PLAIN : style.look();
    TextLayout usual = subtitle ? TextLayout.CENTRED : TextLayout.PLAIN;
    TextLayout layout = style == null ? usual : style.layout();
    Text text =
        new Text(
            ids.get(),
            subtitle,
            words,
            look,
            layout,
            style == null ? List.of() : spans(style, words),
            item.decoration().flower() == null ? null : item.decoration().flower().effectId());
    texts.add(text);
    return text.id();
  }

  /** The spans of a rule may be meant for longer texts. */
  private static List<Text.Span> spans(TextStyle style, String words) {
    int length = words.codePointCount(0, words.length());
    return style.spans().stream()
        .filter(span -> span.start() < length)
        .map(span -> new Text.Span(span.start(), Math.min(span.end(), length), span.look()))
        .toList();
  }

  private @Nullable Transition transition(Piece piece, @Nullable Piece next) {
    TransitionRequest wish = piece.item().transition();
    if (wish == null) {
      return null;
    }
    boolean touches = next != null && next.startMicros() == piece.endMicros();
    long most = next == null ? 0 : Math.min(piece.durationMicros(), next.durationMicros()) / 2;
    if (!touches || most == 0) {
      if (!wish.whereItFits()) {
        note(
            piece,
            "transitions",
            "transition-dropped",
            "was left out: the next item does not touch");
      }
      return null;
    }
    long duration = wish.micros(most);
    if (wish.durationMicros() != null && duration < wish.durationMicros() && !wish.whereItFits()) {
      note(
          piece,
          "transitions",
          "transition-shortened",
          "lasts " + Times.show(duration) + ", half of the shorter of its two items");
    }
    return new Transition(
        ids.get(),
        wish.effect().name(),
        wish.effect().effectId(),
        wish.effect().resourceId(),
        duration,
        wish.effect().overlap());
  }

  private @Nullable Fade fade(Piece piece) {
    FadeRequest wish = piece.item().fade();
    if (wish == null || wish.inMicros() + wish.outMicros() == 0) {
      return null;
    }
    long together = wish.inMicros() + wish.outMicros();
    if (together <= piece.durationMicros()) {
      return new Fade(ids.get(), wish.inMicros(), wish.outMicros());
    }
    note(piece, "fades", "fade-shortened", "were shortened to fit the clip");
    long in = Math.round((double) wish.inMicros() / together * piece.durationMicros());
    return new Fade(ids.get(), in, piece.durationMicros() - in);
  }

  private void note(Piece piece, String field, String code, String detail) {
    notes.add(new Note(piece.item().pointer(field), code, detail));
  }
}
