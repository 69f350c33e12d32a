package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.subtitle.Cue;
import java.util.List;

/** What became of one link of a recipe. */
public sealed interface Found {
  /**
   * A media file.
   *
   * @param fileName its name in the draft, and for the person who edits
   */
  record File(String fileName, MediaInfo info) implements Found {}

  /** A subtitle file, read. */
  record Subtitles(List<Cue> cues) implements Found {
    public Subtitles {
      cues = List.copyOf(cues);
    }
  }

  /**
   * Nothing that can be used.
   *
   * @param why a sentence for people
   */
  record Missing(String code, String why) implements Found {}
}
