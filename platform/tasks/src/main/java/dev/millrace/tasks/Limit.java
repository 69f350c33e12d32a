package dev.millrace.tasks;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit on how many tasks run at once, how often they start, or both. It holds for the tasks of a
 * queue, of a type, or of a type in a queue; one of neither holds for parts of handlers, see {@link
 * Run#limited}. {@code perKey} makes it a limit of its own for each {@link SubmitOptions#key}, and
 * leaves tasks without a key alone. Immutable.
 *
 * <pre>{@code
 * Limit.ofType("resize", "image.resize").withConcurrency(4)
 * Limit.perKey("customers").inQueue("mails").withRate(100, Duration.ofMinutes(1))
 * }</pre>
 *
 * @param name its name: lower-case letters, digits, dots, dashes and underscores
 * @param queue the tasks of this queue; null for all queues
 * @param type the tasks of this type; null for all types
 * @param perKey whether each key has a limit of its own
 * @param concurrency how many run at once; null for any number
 * @param rate how often they start; null for any rate
 */
public record Limit(
    String name,
    @Nullable String queue,
    @Nullable String type,
    boolean perKey,
    @Nullable Integer concurrency,
    @Nullable Rate rate) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,119}");
  private static final int MOST = 16_384;

  /**
   * Checks the fields, but for what is limited, which may be said later.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public Limit {
    if (!NAME.matcher(name).matches()) {
      throw Limits.option(
          "name",
          name,
          "Use up to 120 characters of lower-case letters, digits, dots, dashes, underscores.");
    }
    if (queue != null) {
      Limits.checkQueue(queue);
    }
    Limits.checkLength("type", type, Limits.NAME_LENGTH);
    checkConcurrency(concurrency);
  }

  static void checkConcurrency(@Nullable Integer concurrency) {
    if (concurrency != null && (concurrency < 1 || concurrency > MOST)) {
      throw Limits.option("concurrency", concurrency, "Use 1 to " + MOST + ".");
    }
  }

  /** A limit of a queue. */
  public static Limit ofQueue(String name, String queue) {
    return new Limit(name, queue, null, false, null, null);
  }

  /** A limit of a type. */
  public static Limit ofType(String name, String type) {
    return new Limit(name, null, type, false, null, null);
  }

  /** A limit of each key. */
  public static Limit perKey(String name) {
    return new Limit(name, null, null, true, null, null);
  }

  /** A limit of parts of handlers, which name it: see {@link Run#limited}. */
  public static Limit ofParts(String name) {
    return new Limit(name, null, null, false, null, null);
  }

  /** Only the tasks of that queue. */
  public Limit inQueue(String value) {
    return new Limit(name, value, type, perKey, concurrency, rate);
  }

  /** Only the tasks of that type. */
  public Limit onType(String value) {
    return new Limit(name, queue, value, perKey, concurrency, rate);
  }

  /**
   * How many run at once.
   *
   * @param most 1 to 16,384
   */
  public Limit withConcurrency(int most) {
    return new Limit(name, queue, type, perKey, most, rate);
  }

  /** How often they start. */
  public Limit withRate(int count, Duration per) {
    return new Limit(name, queue, type, perKey, concurrency, new Rate(count, per));
  }

  /** Whether it holds for parts of handlers, and for no task as a whole. */
  public boolean limitsParts() {
    return queue == null && type == null && !perKey;
  }

  /** Whether it holds for a whole queue, so that the queue itself can keep it. */
  boolean isOfQueue() {
    return queue != null && type == null && !perKey;
  }

  /** Whether it holds for tasks of that type in that queue, as far as these tell. */
  boolean isFor(String ofType, String inQueue) {
    return (type == null || type.equals(ofType)) && (queue == null || queue.equals(inQueue));
  }

  /** Whether the other one limits the same tasks. */
  boolean hasTargetOf(Limit other) {
    return perKey == other.perKey
        && java.util.Objects.equals(queue, other.queue)
        && java.util.Objects.equals(type, other.type);
  }
}
