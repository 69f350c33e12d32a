package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.recipe.Fault;
import java.util.List;

/** A draft that cannot be made as it was asked for, with every reason. */
final class BuildRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** Whether the files that are here are of use to another try. */
  private final boolean keepsFiles;

  BuildRefused(List<Fault> faults) {
    this(faults, false);
  }

  private BuildRefused(List<Fault> faults, boolean keepsFiles) {
    super(sentence(faults));
    this.faults = List.copyOf(faults);
    this.keepsFiles = keepsFiles;
  }

  /** Files are missing: when they can be had, the others need not be fetched again. */
  static BuildRefused forFiles(List<Fault> faults) {
    return new BuildRefused(faults, true);
  }

  boolean keepsFiles() {
    return keepsFiles;
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
