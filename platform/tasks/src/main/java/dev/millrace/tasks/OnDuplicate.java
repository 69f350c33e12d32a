package dev.millrace.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the task that has a submission's unique key already. Immutable.
 *
 * <p>Only one that has not begun is changed: one that runs, or waits inside of its handler, goes on
 * with what it was given.
 *
 * @param action what is done
 * @param parts what {@link Action#REPLACE} takes from the submission; empty for other actions
 * @param atMost how long after its submission a task is put off by {@link Action#DEBOUNCE}; null
 *     for as long as submissions come
 */
public record OnDuplicate(Action action, Set<Part> parts, @Nullable Duration atMost) {
  private static final Duration LONGEST = Duration.ofDays(3_650);

  /** What is done. */
  public enum Action {
    /** Nothing: the submission is answered with the task that is there. */
    KEEP,
    /** The task that waits takes chosen parts of the submission. */
    REPLACE,
    /**
     * The task that waits is put off by the submission's delay, and has its input. While one runs,
     * another one is kept to run after it, that long after the last submission.
     */
    DEBOUNCE,
    /**
     * The task that waits has the submission's input. While one runs, another one is kept to run
     * after it, with the input of the last submission.
     */
    KEEP_LAST;

    /** The name on the wire. */
    @JsonValue
    public String word() {
      return OnDuplicate.word(this);
    }

    /** The action of that name. */
    @JsonCreator
    public static Action parse(String word) {
      return OnDuplicate.parse("onDuplicate/action", word, values());
    }
  }

  /** What a task may take from a later submission. */
  public enum Part {
    /** What its handler is given. */
    INPUT,
    /** Its priority. */
    PRIORITY,
    /** The queue it waits in. */
    QUEUE,
    /** When it is due; at once if the submission does not say. */
    DUE;

    /** The name on the wire. */
    @JsonValue
    public String word() {
      return OnDuplicate.word(this);
    }

    /** The part of that name. */
    @JsonCreator
    public static Part parse(String word) {
      return OnDuplicate.parse("onDuplicate/parts", word, values());
    }
  }

  /**
   * Checks that they belong together.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public OnDuplicate {
    parts = java.util.Collections.unmodifiableSet(new TreeSet<>(parts));
    if ((action == Action.REPLACE) == parts.isEmpty()) {
      throw Limits.option(
          "onDuplicate/parts",
          parts.stream().map(Part::word).toList(),
          "Give parts with replace: input, priority, queue, due; and none with other actions.");
    }
    if (atMost != null && action != Action.DEBOUNCE) {
      throw Limits.option("onDuplicate/atMost", atMost, "Give it with debounce only.");
    }
    if (atMost != null && (atMost.toMillis() < 1 || atMost.compareTo(LONGEST) > 0)) {
      throw Limits.option("onDuplicate/atMost", atMost, "Use PT0.001S to " + LONGEST + ".");
    }
  }

  /** The one that waits takes these parts of the submission. */
  public static OnDuplicate replace(Part first, Part... more) {
    var parts = new TreeSet<>(List.of(more));
    parts.add(first);
    return new OnDuplicate(Action.REPLACE, parts, null);
  }

  /** The one that waits is put off by the submission's delay, however long that goes on. */
  public static OnDuplicate debounce() {
    return new OnDuplicate(Action.DEBOUNCE, Set.of(), null);
  }

  /** The same, but by {@code atMost} after the first submission at the most. */
  public static OnDuplicate debounce(Duration atMost) {
    return new OnDuplicate(Action.DEBOUNCE, Set.of(), atMost);
  }

  /** The last input is run, behind the task that runs if one does. */
  public static OnDuplicate keepLast() {
    return new OnDuplicate(Action.KEEP_LAST, Set.of(), null);
  }

  /** Whether another task is kept behind one that has begun. */
  boolean follows() {
    return action == Action.DEBOUNCE || action == Action.KEEP_LAST;
  }

  /** Whether the task that waits takes that part. */
  boolean takes(Part part) {
    return switch (action) {
      case KEEP -> false;
      case REPLACE -> parts.contains(part);
      case DEBOUNCE -> part == Part.INPUT || part == Part.DUE;
      case KEEP_LAST -> part == Part.INPUT;
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E parse(String field, String word, E[] values) {
    return Arrays.stream(values)
        .filter(value -> word(value).equals(word))
        .findFirst()
        .orElseThrow(() ->
            Limits.option(
                field,
                word,
                "Use one of "
                    + String.join(", ", Arrays.stream(values).map(OnDuplicate::word).toList())
                    + "."));
  }
}
