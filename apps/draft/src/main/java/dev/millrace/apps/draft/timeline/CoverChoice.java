package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.recipe.CoverRequest;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.OnMissing;
import dev.millrace.apps.draft.recipe.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a recipe's cover can be had. One that cannot is no reason for a placeholder: the
 * client makes one itself.
 */
final class CoverChoice {
  /** The formats that can become a cover. */
  private static final Set<String> COVERS = Set.of("JPEG", "PNG", "GIF", "BMP");

  private final Recipe recipe;
  private final Map<String, Found> found;
  private final List<Note> notes;
  private final List<Fault> faults;

  CoverChoice(Recipe recipe, Map<String, Found> found, List<Note> notes, List<Fault> faults) {
    this.recipe = recipe;
    this.found = found;
    this.notes = notes;
    this.faults = faults;
  }

  /** The link of the picture; null if there is none. */
  @Nullable String url() {
    CoverRequest wish = recipe.cover();
    if (wish == null) {
      return null;
    }
    // What was found of the cover as such goes before what was found behind its link.
    Found file = found.getOrDefault(CoverRequest.POINTER, found.get(wish.url()));
    if (file instanceof Found.File(_, MediaInfo info) && info.kind() == Media.Kind.PHOTO) {
      if (COVERS.contains(info.format())) {
        return wish.url();
      }
      uncovered("cover-format", "is " + info.format() + "; give a JPEG or a PNG");
    } else if (file instanceof Found.Missing(String code, String why)) {
      uncovered(code, why);
    } else {
      uncovered("media-kind", "is no picture; give a JPEG or a PNG");
    }
    return null;
  }

  private void uncovered(String code, String why) {
    if (recipe.onMissing() == OnMissing.FAIL) {
      faults.add(
          new Fault(
              CoverRequest.POINTER, code, why + "; or send onMissing \"skip\" or \"placeholder\""));
    } else {
      notes.add(new Note(CoverRequest.POINTER, "skipped", "was left out: " + why));
    }
  }
}
