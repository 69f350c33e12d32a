package dev.millrace.tasks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The task types of this process, by name. Thread-safe. */
final class TypeRegistry {
  private final ConcurrentHashMap<String, KnownType<?, ?>> byName = new ConcurrentHashMap<>();
  private final Set<String> own = ConcurrentHashMap.newKeySet();
  private final Map<String, TypeSettings> settings = new ConcurrentHashMap<>();
  private final List<String> redacted;
  private final Redaction ofUnknown;

  /**
   * @param redacted the fields that are hidden in all types
   */
  TypeRegistry(List<String> redacted) {
    this.redacted = redacted;
    ofUnknown = new Redaction(redacted, List.of());
  }

  /** What is hidden of the tasks of a type, also of one that is not registered. */
  Redaction redaction(String type) {
    KnownType<?, ?> known = byName.get(type);
    return known == null ? ofUnknown : known.redaction;
  }

  private <I, O> KnownType<I, O> known(TaskType<I, O> type) {
    return new KnownType<>(type, new Redaction(redacted, type.secrecy().hidden()));
  }

  void register(TaskType<?, ?> type) {
    KnownType<?, ?> known = known(type);
    if (byName.putIfAbsent(type.name(), known) != null) {
      throw new IllegalArgumentException(
          "a task type named '" + type.name() + "' is registered already; names are unique");
    }
    known.settings(settings.getOrDefault(type.name(), TypeSettings.NONE));
  }

  /** Puts what people have set for a type in force, also if it is registered later. */
  void settings(String name, TypeSettings set) {
    settings.put(name, set);
    KnownType<?, ?> known = byName.get(name);
    if (known != null) {
      known.settings(set);
    }
  }

  /** Registers a type that only this part submits: it is not listed, and unknown to clients. */
  <I, O> KnownType<I, O> registerOwn(TaskType<I, O> type) {
    KnownType<I, O> known = known(type);
    byName.put(type.name(), known);
    own.add(type.name());
    return known;
  }

  /** Whether it is a type that only this part submits. */
  boolean isOwn(String name) {
    return own.contains(name);
  }

  List<String> names() {
    return byName.keySet().stream().filter(name -> !own.contains(name)).sorted().toList();
  }

  /** All, also those of this part. */
  List<? extends TaskType<?, ?>> all() {
    return byName.values().stream().map(known -> known.type).toList();
  }

  @Nullable KnownType<?, ?> find(String name) {
    return byName.get(name);
  }

  /**
   * The type of that name.
   *
   * @throws TaskException with the nearest names if there is none
   */
  KnownType<?, ?> require(String name) {
    KnownType<?, ?> known = byName.get(name);
    if (known != null && !own.contains(name)) {
      return known;
    }
    List<String> nearest = nearest(name);
    throw TaskException.of(
        TaskException.Reason.UNKNOWN_TYPE,
        "type",
        "there is no task type '" + Texts.shortened(name, 80) + "'",
        nearest.isEmpty()
            ? "No types are registered."
            : "Did you mean " + String.join(", ", nearest) + "?");
  }

  private List<String> nearest(String name) {
    return names().stream()
        .sorted(Comparator.comparingInt(known -> distance(name, known)))
        .limit(3)
        .toList();
  }

  /** Edits from one to the other (Levenshtein), on the first 60 characters. */
  private static int distance(String a, String b) {
    String from = a.length() > 60 ? a.substring(0, 60) : a;
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
