package dev.millrace.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The limits on what a submission may carry, and the refusals that name them. */
final class Limits {
  /** Characters of JSON of an input or a result. */
  static final int PAYLOAD = 1 << 20;

  static final int TAGS = 20;
  static final int TAG_LENGTH = 64;
  static final int UNIQUE_KEY_LENGTH = 200;
  static final int NAME_LENGTH = 100;
  static final int BULK = 10_000;
  static final int PAGE = 200;

  /** Characters of an error that are kept. */
  static final int ERROR = 4_000;

  static final int MESSAGE = 500;
  static final int LOG_LINE = 4_000;
  static final int LOG_LINES = 10_000;
  static final Duration LONGEST_WAIT = Duration.ofDays(3_650);
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  static final int STEPS = 100_000;

  /** Signals that wait for one task. */
  static final int SIGNALS = 1_000;

  /** Tasks that one task waits for. */
  static final int AFTER = 100;

  static final int CONCURRENCY = 4_096;
  static final int QUEUES = 1_000;

  /** Tenants with ready tasks in one queue. */
  static final int TENANTS = 10_000;

  static final int WEIGHT = 1_000;

  /** Units of a rate. */
  static final int COST = 1_000_000;

  private static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** Version, trace, span and flags in lower-case hexadecimal digits. */
  private static final String TRACEPARENT =
      "00-00000000000000000000000000000000-0000000000000000-00";

  private Limits() {}

  static void checkQueue(String queue) {
    if (!QUEUE.matcher(queue).matches()) {
      throw option(
          "queue",
          queue,
          "Use up to 64 characters of lower-case letters, digits, dots, dashes, underscores.");
    }
  }

  static void checkPriority(int priority) {
    if (priority < 0 || priority > 9) {
      throw option("priority", priority, "Use 0 (urgent) to 9 (idle).");
    }
  }

  static void checkCost(int cost) {
    if (cost < 1 || cost > COST) {
      throw option("cost", cost, "Use 1 to " + COST + ".");
    }
  }

  static void checkTags(List<String> tags) {
    if (tags.size() > TAGS) {
      throw TaskException.of(
          TaskException.Reason.INVALID_OPTION,
          "tags",
          tags.size() + " tags",
          "Use at most " + TAGS + " tags.");
    }
    for (String tag : tags) {
      checkLength("tags", tag, TAG_LENGTH);
    }
  }

  /** Refuses tags that only we give. */
  static void checkNotOurs(List<String> tags) {
    for (String tag : tags) {
      if (tag.startsWith(ErrorGroup.TAG)) {
        throw option(
            "tags",
            tag,
            "Tags that begin with '" + ErrorGroup.TAG + "' mark what dead tasks died of.");
      }
    }
  }

  static void checkLength(String field, @Nullable String value, int max) {
    if (value != null && (value.isBlank() || value.length() > max)) {
      throw option(field, value, "Use 1 to " + max + " characters.");
    }
  }

  static void checkTraceparent(@Nullable String traceparent) {
    if (traceparent != null && !isTraceparent(traceparent)) {
      throw option(
          "traceparent",
          traceparent,
          "Use the form of W3C Trace Context, 00-<trace>-<span>-<flags>.");
    }
  }

  /** By hand, as every request has one and a pattern would be a thirtieth of its cost. */
  private static boolean isTraceparent(String text) {
    if (text.length() != TRACEPARENT.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char found = text.charAt(i);
      boolean digit = (found >= '0' && found <= '9') || (found >= 'a' && found <= 'f');
      if (TRACEPARENT.charAt(i) == '0' ? !digit : found != '-') {
        return false;
      }
    }
    return true;
  }

  /** The key in a cursor, which is written as an id: its check digits tell one from a guess. */
  static long cursor(String cursor) {
    try {
      return TaskId.parse(cursor).key();
    } catch (TaskException malformed) {
      throw TaskException.of(
          TaskException.Reason.INVALID_CURSOR,
          "cursor",
          "'" + Texts.shortened(cursor, 40) + "' is not a cursor",
          "Use next of the page before, exactly as it was given, or none for the first page.",
          malformed);
    }
  }

  static TaskException option(String field, Object value, String remedy) {
    return TaskException.of(
        TaskException.Reason.INVALID_OPTION,
        field,
        field + " '" + Texts.shortened(String.valueOf(value), 80) + "' is not allowed",
        remedy);
  }
}
