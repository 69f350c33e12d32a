package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.recipe.Fault;
import java.util.List;

/** A draft that cannot be made as it was asked for, with every reason. */
final class BuildRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  BuildRefused(List<Fault> faults) {
    super(sentence(faults));
    this.faults = List.copyOf(faults);
  }

  List<Fault> faults() {
    return faults;
  }

  private static String sentence(List<Fault> faults) {
    Fault first = faults.getFirst();
    String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more problems)";
    return first.pointer() + ": " + first.detail() + more;
  }
}
