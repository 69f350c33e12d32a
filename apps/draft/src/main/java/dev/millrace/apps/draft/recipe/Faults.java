package dev.millrace.apps.draft.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with a recipe, up to a limit. Confined to one reading. */
final class Faults {
  /** Nobody reads more; a recipe that is wrong throughout stays a small answer. */
  private static final int LIMIT = 500;

  private final List<Fault> found = new ArrayList<>();
  private int total;

  void add(String pointer, String code, String detail) {
    add(pointer, code, () -> detail);
  }

  /** As above, for a detail that costs something: nobody computes what will not be listed. */
  void add(String pointer, String code, Supplier<String> detail) {
    total++;
    if (found.size() < LIMIT) {
      found.add(new Fault(pointer, code, detail.get()));
    }
  }

  boolean isEmpty() {
    return total == 0;
  }

  List<Fault> all() {
    if (total <= LIMIT) {
      return List.copyOf(found);
    }
    List<Fault> cut = new ArrayList<>(found);
    cut.add(
        new Fault(
            "",
            "more-problems",
            (total - LIMIT) + " more problems are not listed; mend these first and send it again"));
    return List.copyOf(cut);
  }
}
