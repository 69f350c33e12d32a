package dev.millrace.apps.draft.check;

import java.util.ArrayList;
import java.util.List;

/** Collects findings about one file, up to a limit for all files. Confined to one check. */
final class Findings {
  private static final int LIMIT = 1_000;

  private final List<Finding> found;
  private final String file;

  Findings(String file) {
    this(file, new ArrayList<>());
  }

  private Findings(String file, List<Finding> found) {
    this.file = file;
    this.found = found;
  }

  /** The same collection, for another file. */
  Findings in(String other) {
    return new Findings(other, found);
  }

  void add(Rule rule, String pointer, String detail) {
    if (found.size() < LIMIT) {
      found.add(new Finding(rule, file, pointer, detail));
    }
  }

  List<Finding> all() {
    return List.copyOf(found);
  }
}
