package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.format.Attachments;
import dev.millrace.apps.draft.format.Canvas;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.ContentWriter;
import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.format.Segment;
import dev.millrace.apps.draft.format.Text;
import dev.millrace.apps.draft.format.TextLayout;
import dev.millrace.apps.draft.format.TextLook;
import dev.millrace.apps.draft.format.TimeRange;
import dev.millrace.apps.draft.format.Track;
import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.subtitle.Cue;
import dev.millrace.apps.draft.timeline.DraftIds;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a track of texts out of subtitles: size 5, centred, at y −0.8. The track is written as
 * those of recipes are and then taken over like one of another draft.
 */
final class SubtitleTrack {
  private static final double SIZE = 5;

  private SubtitleTrack() {}

  static void add(DraftDocument draft, List<Cue> cues, long offset, @Nullable String name)
      throws EditException {
    Supplier<String> ids = DraftIds.fresh();
    List<Text> texts = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    for (Cue cue : cues) {
      Text text =
          new Text(ids.get(), true, cue.text(), look(), TextLayout.CENTRED, List.of(), null);
      texts.add(text);
      segments.add(segment(ids, text, cue));
    }
    Track track =
        new Track(
            ids.get(),
            TrackType.TEXT,
            name == null ? "" : name,
            TrackType.TEXT.baseRenderIndex(),
            false,
            segments);
    Draft made =
        new Draft(
            ids.get(),
            "",
            new Canvas(1920, 1080, "original"),
            30,
            Map.of(),
            List.of(),
            texts,
            List.of(),
            List.of(track),
            false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentWriter.write(made, out);
    TrackImport imports =
        new TrackImport(draft, new Source(read(out), "", UnaryOperator.identity()));
    imports.add(imports.find("0"), offset, null);
  }

  private static Segment segment(Supplier<String> ids, Text text, Cue cue) {
    return new Segment(
        ids.get(),
        text.id(),
        new TimeRange(cue.startMicros(), cue.endMicros() - cue.startMicros()),
        null,
        ids.get(),
        1,
        1,
        Clip.SUBTITLE,
        new Attachments(null, null, null, null, null, List.of(), List.of()));
  }

  private static TextLook look() {
    TextLook plain = TextLook.PLAIN;
    return new TextLook(
        SIZE,
        plain.bold(),
        plain.italic(),
        plain.underline(),
        plain.color(),
        plain.alpha(),
        plain.border(),
        plain.shadow(),
        plain.font());
  }

  private static DraftDocument read(ByteArrayOutputStream out) {
    try {
      return DraftDocument.of((ObjectNode) DocumentJson.read(out.toByteArray()), null);
    } catch (UnreadableDraftException e) {
      throw new IllegalStateException("a bug: what we write is no draft", e);
    }
  }
}
