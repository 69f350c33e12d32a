package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;

/**
 * Failures of one kind: same exceptions, same message but for what changes, same place in the
 * user's code. Immutable.
 *
 * @param fingerprint 16 hex digits
 * @param exception the full name of the exception, or words where there was none
 * @param message the message without numbers, ids, hex and quoted texts
 * @param error the newest failure in one line
 * @param trace the newest failure at length
 * @param task whose attempt failed last
 * @param failures attempts that failed so, ever
 * @param dead tasks that are dead of it now; they have the tag {@link #tag}
 * @param types of the tasks it struck, most failures first, at most 20
 * @param hours failures in each of the last 24 hours, the current one last
 */
public record ErrorGroup(
    String fingerprint,
    String exception,
    String message,
    String error,
    String trace,
    TaskId task,
    long failures,
    long dead,
    Instant firstSeen,
    Instant lastSeen,
    List<OfType> types,
    List<Long> hours) {
  static final String TAG = "error:";

  public ErrorGroup {
    types = List.copyOf(types);
    hours = List.copyOf(hours);
  }

  /** The part of a group that is of one type of task. */
  public record OfType(String type, long failures, long dead) {}

  /** The tag of the tasks that are dead of it, for {@link TaskFilter#withTag}. */
  public static String tag(String fingerprint) {
    return TAG + fingerprint;
  }
}
