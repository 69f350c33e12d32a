package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of task: its name, its input and output records, and what runs it. Immutable.
 *
 * <pre>{@code
 * var resize = TaskType.io("image.resize", Resize.class, Resized.class, images::resize)
 *     .withQueue("images")
 *     .withRetry(RetryPolicy.defaults().withAttempts(3))
 *     .withTimeLimit(Duration.ofMinutes(2));
 * }</pre>
 *
 * @param name dotted words, unique in a process: {@code image.resize}
 * @param input what it takes; JSON in the database
 * @param output what it answers; JSON in the database
 * @param queue where it waits unless the submission says otherwise
 * @param priority 0 urgent to 9 idle, unless the submission says otherwise
 * @param timeLimit of one attempt; null for none
 * @param expiry how long after it is due a task may be started, unless the submission says
 *     otherwise; null for ever
 * @param limits what is declared for all its tasks and for each key of them
 * @param cost how many units each takes of the rates that it falls under, unless the submission
 *     says otherwise
 * @param retention how long its tasks stay when they are over
 * @param secrecy what of them is hidden and encrypted
 */
public record TaskType<I, O>(
    String name,
    Class<I> input,
    Class<O> output,
    TaskKind kind,
    String queue,
    int priority,
    RetryPolicy retry,
    @Nullable Duration timeLimit,
    @Nullable Duration expiry,
    List<Limit> limits,
    int cost,
    Retention retention,
    Secrecy secrecy,
    TaskHandler<I, O> handler) {
  /** The queue of {@code io} types that name none. */
  public static final String IO_QUEUE = "default";

  /** The queue of {@code cpu} types that name none; as wide as the machine has cores. */
  public static final String CPU_QUEUE = "cpu";

  /** The priority of types that name none. */
  public static final int PRIORITY = 5;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*");

  public TaskType {
    if (!NAME.matcher(name).matches() || name.length() > 100) {
      throw new IllegalArgumentException(
          "task type: name '"
              + name
              + "' is not allowed; use up to 100 characters of lower-case words, dots and dashes,"
              + " such as image.resize");
    }
    Limits.checkQueue(queue);
    Limits.checkPriority(priority);
    if (timeLimit != null && (timeLimit.isNegative() || timeLimit.isZero())) {
      throw new IllegalArgumentException(
          "task type '" + name + "': timeLimit is " + timeLimit + "; it must be positive");
    }
    if (expiry != null && (expiry.isNegative() || expiry.isZero())) {
      throw new IllegalArgumentException(
          "task type '" + name + "': expiry is " + expiry + "; it must be positive");
    }
    Limits.checkCost(cost);
    limits = List.copyOf(limits);
  }

  /** A type whose handler mostly waits. */
  public static <I, O> TaskType<I, O> io(
      String name, Class<I> input, Class<O> output, TaskHandler<I, O> handler) {
    return new TaskType<>(
        name,
        input,
        output,
        TaskKind.IO,
        IO_QUEUE,
        PRIORITY,
        RetryPolicy.defaults(),
        null,
        null,
        List.of(),
        1,
        Retention.DEFAULT,
        Secrecy.NONE,
        handler);
  }

  /** A type whose handler mostly computes. */
  public static <I, O> TaskType<I, O> cpu(
      String name, Class<I> input, Class<O> output, TaskHandler<I, O> handler) {
    return new TaskType<>(
        name,
        input,
        output,
        TaskKind.CPU,
        CPU_QUEUE,
        PRIORITY,
        RetryPolicy.defaults(),
        null,
        null,
        List.of(),
        1,
        Retention.DEFAULT,
        Secrecy.NONE,
        handler);
  }

  /**
   * A type whose handler takes many tasks in a call, and mostly waits. Each has its own attempts,
   * state, result and log; what is said of a type holds for each of them, but the time limit, which
   * is that of a call.
   */
  public static <I, O> TaskType<I, O> chunks(
      String name, Class<I> input, Class<O> output, Chunking chunking, ChunkHandler<I, O> handler) {
    return io(name, input, output, new Chunked<>(chunking, handler));
  }

  public TaskType<I, O> withQueue(String queue) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost,
        retention, secrecy, handler);
  }

  public TaskType<I, O> withPriority(int priority) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost,
        retention, secrecy, handler);
  }

  public TaskType<I, O> withRetry(RetryPolicy retry) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost,
        retention, secrecy, handler);
  }

  public TaskType<I, O> withTimeLimit(Duration timeLimit) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost,
        retention, secrecy, handler);
  }

  /** Its tasks are cancelled when they have not been started so long after they were due. */
  public TaskType<I, O> withExpiry(Duration expiry) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost,
        retention, secrecy, handler);
  }

  /** With a limit that is declared as long as this type is, such as one of parts of its handler. */
  public TaskType<I, O> withLimit(Limit limit) {
    return with(limit);
  }

  /** At most so many tasks of this type run at once, in all queues. */
  public TaskType<I, O> withConcurrency(int most) {
    return with(ofAll().withConcurrency(most));
  }

  /** Tasks of this type start no more often than that, in all queues. */
  public TaskType<I, O> withRate(int count, Duration per) {
    return with(ofAll().withRate(count, per));
  }

  /** At most so many tasks of this type and one {@link SubmitOptions#key} run at once. */
  public TaskType<I, O> withConcurrencyPerKey(int most) {
    return with(ofKeys().withConcurrency(most));
  }

  /** Tasks of this type and one {@link SubmitOptions#key} start no more often than that. */
  public TaskType<I, O> withRatePerKey(int count, Duration per) {
    return with(ofKeys().withRate(count, per));
  }

  /** Each of its tasks takes so many units of the rates that it falls under. */
  public TaskType<I, O> withCost(int cost) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost,
        retention, secrecy, handler);
  }

  /** Its finished tasks stay for {@code time} instead of as long as all; at least a minute. */
  public TaskType<I, O> withRetention(Duration time) {
    return with(new Retention(time, retention.result()));
  }

  /** What its tasks answer stays for {@code time} after their end, a minute at least. */
  public TaskType<I, O> withResultRetention(Duration time) {
    return with(new Retention(retention.task(), time));
  }

  /**
   * Fields of inputs, results and steps whose values nobody is shown, in pages, answers, logs and
   * errors; the handler gets them whole.
   *
   * @param fields names at any depth, or JSON pointers with {@code *} for every item of a list
   */
  public TaskType<I, O> withHidden(String... fields) {
    return new TaskType<>(
        name,
        input,
        output,
        kind,
        queue,
        priority,
        retry,
        timeLimit,
        expiry,
        limits,
        cost,
        retention,
        new Secrecy(List.of(fields), secrecy.encrypted()),
        handler);
  }

  /**
   * Inputs, results, steps and logs of this type are encrypted in the database, with the newest key
   * of {@link TasksBuilder#encryption}; there must be one.
   */
  public TaskType<I, O> withEncryption() {
    return new TaskType<>(
        name,
        input,
        output,
        kind,
        queue,
        priority,
        retry,
        timeLimit,
        expiry,
        limits,
        cost,
        retention,
        new Secrecy(secrecy.hidden(), true),
        handler);
  }

  private TaskType<I, O> with(Retention changed) {
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, limits, cost, changed,
        secrecy, handler);
  }

  private Limit ofAll() {
    String own = "type." + name;
    return limits.stream()
        .filter(limit -> limit.name().equals(own))
        .findFirst()
        .orElseGet(() -> Limit.ofType(own, name));
  }

  private Limit ofKeys() {
    String own = "key." + name;
    return limits.stream()
        .filter(limit -> limit.name().equals(own))
        .findFirst()
        .orElseGet(() -> Limit.perKey(own).onType(name));
  }

  private TaskType<I, O> with(Limit changed) {
    List<Limit> all =
        Stream.concat(
                limits.stream().filter(limit -> !limit.name().equals(changed.name())),
                Stream.of(changed))
            .toList();
    return new TaskType<>(
        name, input, output, kind, queue, priority, retry, timeLimit, expiry, all, cost, retention,
        secrecy, handler);
  }
}
