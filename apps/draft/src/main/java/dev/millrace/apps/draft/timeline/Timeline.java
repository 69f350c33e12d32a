package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.RawSegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of laying out a recipe. */
public sealed interface Timeline {
  /**
   * A draft that can be written.
   *
   * @param standIns what has to be made up for missing files
   * @param raw pieces of existing drafts, with what the recipe changes about them
   * @param coverUrl link of the picture that becomes the cover; null if there is none
   */
  record Built(
      Draft draft,
      List<Note> notes,
      StandIns standIns,
      List<RawSegment> raw,
      @Nullable String coverUrl)
      implements Timeline {
    public Built {
      notes = List.copyOf(notes);
      raw = List.copyOf(raw);
    }
  }

  /** Why there can be no draft: every reason, not only the first. */
  record Failed(List<Fault> faults) implements Timeline {
    public Failed {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Placeholder files that the draft refers to.
   *
   * @param picture name of the picture; null if none is needed
   * @param sound name of the silence; null if none is needed
   * @param soundMicros how long the silence has to be
   */
  record StandIns(@Nullable String picture, @Nullable String sound, long soundMicros) {
    static final String PICTURE = "placeholder.png";
    static final String SOUND = "placeholder.wav";
  }
}
