package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.Fade;
import dev.millrace.apps.draft.format.Segment;
import dev.millrace.apps.draft.format.Text;
import dev.millrace.apps.draft.format.TextLayout;
import dev.millrace.apps.draft.format.TextLook;
import dev.millrace.apps.draft.format.TimeRange;
import dev.millrace.apps.draft.format.Track;
import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.format.Transition;
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
  private final List<Text> texts = new ArrayList<>();

  SegmentMaker(Supplier<String> ids, List<Note> notes) {
    this.ids = ids;
    this.notes = notes;
    this.animations = new AnimationMaker(ids, notes);
  }

  /** The texts of all segments so far. */
  List<Text> texts() {
    return texts;
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
    boolean text = piece.media() == null;
    boolean sound = item.type().track() == TrackType.AUDIO;
    TimeRange source =
        text
            ? null
            : new TimeRange(
                item.sourceStartMicros(), Math.round(piece.durationMicros() * piece.speed()));
    Clip clip = item.clip() == null ? Clip.PLAIN : item.clip();
    return new Segment(
        ids.get(),
        piece.media() == null ? text(piece) : piece.media().id(),
        new TimeRange(piece.startMicros(), piece.durationMicros()),
        source,
        ids.get(),
        piece.speed(),
        text ? 1 : item.volume(),
        sound ? null : clip,
        transition(piece, next),
        fade(piece),
        animations.make(piece));
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
            style == null ? List.of() : spans(style, words));
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
