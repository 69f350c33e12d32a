package dev.millrace.apps.crew.runs;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan's names of what the workflow calls otherwise. Immutable. */
final class StageNames {
  private final Map<String, String> planned = new HashMap<>();
  private final Set<String> entries;

  /**
   * @param names of the stages in the workflow, by the plan's
   * @param entries of the gates before them, the same
   */
  StageNames(Map<String, String> names, Map<String, String> entries) {
    names.forEach((stage, name) -> planned.put(name, stage));
    entries.forEach((stage, name) -> planned.put(name, stage));
    this.entries = Set.copyOf(entries.values());
  }

  /** The plan's stage that a stage of the workflow belongs to. */
  String planned(String name) {
    return planned.getOrDefault(name, name);
  }

  /** Whether that is the gate before a stage. */
  boolean isEntry(String name) {
    return entries.contains(name);
  }

  /** Why a run failed, in the plan's words. */
  @Nullable String told(@Nullable String failure) {
    String told = failure;
    for (Map.Entry<String, String> name : planned.entrySet()) {
      if (told != null && !name.getKey().equals(name.getValue())) {
        told =
            told.replace("sync point of " + quoted(name.getKey()), gate(name))
                .replace(quoted(name.getKey()), quoted(name.getValue()));
      }
    }
    return told;
  }

  private String gate(Map.Entry<String, String> name) {
    return (isEntry(name.getKey()) ? "entry gate" : "sync point")
        + " of "
        + quoted(name.getValue());
  }

  private static String quoted(String stage) {
    return "stage '" + stage + "'";
  }
}
