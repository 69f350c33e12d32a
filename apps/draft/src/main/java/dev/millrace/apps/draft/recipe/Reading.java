package dev.millrace.apps.draft.recipe;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of reading a recipe: either the recipe, or everything that is wrong with it.
 *
 * @param recipe null if there are faults
 */
public record Reading(@Nullable Recipe recipe, List<Fault> faults) {
  public Reading {
    faults = List.copyOf(faults);
    if ((recipe == null) == faults.isEmpty()) {
      throw new IllegalArgumentException("a reading has a recipe or faults; this is a bug");
    }
  }

  /** The recipe, if nothing is wrong with it. */
  public Optional<Recipe> found() {
    return Optional.ofNullable(recipe);
  }
}
