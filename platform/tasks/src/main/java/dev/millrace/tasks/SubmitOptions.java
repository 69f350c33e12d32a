package dev.millrace.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a submission may say beside its input; null means what the type says. Immutable.
 *
 * @param queue where it waits
 * @param priority 0 urgent to 9 idle
 * @param delay how long it waits before it is ready; excludes {@code runAt}
 * @param runAt when it is ready; excludes {@code delay}; a time in the past means now
 * @param uniqueKey while an unfinished task of this type has this key, a submission answers with
 *     that task and adds none
 * @param tags for lists and filters, at most 20
 * @param tenant on whose behalf
 * @param key what the task is about; a limit can be set on tasks of one key
 * @param traceparent W3C Trace Context of the submitter
 * @param after tasks that must have come to their end first, at most 100; mostly that is their
 *     success: while one of them is dead this one waits, and with a cancelled one it is cancelled
 * @param expiry how long after it is due it may be started; then it is cancelled. What has begun
 *     goes on, but a failed attempt is not followed by one after that time
 * @param uniqueFor how long {@code uniqueKey} stays taken from the submission on, also when the
 *     task has succeeded meanwhile; a cancelled or dead one gives it back
 * @param cost how many units it takes of each rate that it falls under, 1 if neither this nor the
 *     type says; at most as many as the rate has
 * @param afterOutcome which end of the tasks in {@code after} it waits for
 * @param onDuplicate what becomes of the task that has {@code uniqueKey} already; null if it stays
 *     as it is
 * @param chain a name under which tasks run one at a time, in the order of their submission: this
 *     one waits until the one before has succeeded or is cancelled; while that is dead, all behind
 *     it wait
 */
public record SubmitOptions(
    @Nullable String queue,
    @Nullable Integer priority,
    @Nullable Duration delay,
    @Nullable Instant runAt,
    @Nullable String uniqueKey,
    List<String> tags,
    @Nullable String tenant,
    @Nullable String key,
    @Nullable String traceparent,
    List<TaskId> after,
    @Nullable Duration expiry,
    @Nullable Duration uniqueFor,
    @Nullable Integer cost,
    AfterOutcome afterOutcome,
    @Nullable OnDuplicate onDuplicate,
    @Nullable String chain) {
  private static final SubmitOptions DEFAULTS =
      new SubmitOptions(
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          AfterOutcome.SUCCEEDED,
          null,
          null);
  private static final Duration LONGEST_DELAY = Duration.ofDays(3_650);

  /**
   * Checks every field.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public SubmitOptions {
    if (queue != null) {
      Limits.checkQueue(queue);
    }
    if (priority != null) {
      Limits.checkPriority(priority);
    }
    if (delay != null && (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0)) {
      throw Limits.option("delay", delay, "Use PT0S to " + LONGEST_DELAY + ".");
    }
    if (delay != null && runAt != null) {
      throw Limits.option("runAt", runAt, "Give either delay or runAt.");
    }
    Limits.checkLength("uniqueKey", uniqueKey, Limits.UNIQUE_KEY_LENGTH);
    Limits.checkTags(tags);
    Limits.checkLength("tenant", tenant, Limits.NAME_LENGTH);
    Limits.checkLength("key", key, Limits.NAME_LENGTH);
    Limits.checkTraceparent(traceparent);
    if (after.size() > Limits.AFTER) {
      throw Limits.option("after", after.size() + " tasks", "Use at most " + Limits.AFTER + ".");
    }
    if (!after.isEmpty() && (delay != null || runAt != null)) {
      throw Limits.option("after", after.getFirst(), "Give either after or delay or runAt.");
    }
    checkPositive("expiry", expiry, "how long after it is due it may be started");
    checkPositive("uniqueFor", uniqueFor, "how long the unique key stays taken");
    if (uniqueFor != null && uniqueKey == null) {
      throw Limits.option("uniqueFor", uniqueFor, "Give a uniqueKey, which stays taken so long.");
    }
    if (cost != null) {
      Limits.checkCost(cost);
    }
    // What was kept as JSON before there was such a field has none.
    afterOutcome = Objects.requireNonNullElse(afterOutcome, AfterOutcome.SUCCEEDED);
    if (onDuplicate != null) {
      check(onDuplicate, uniqueKey, delay, after, uniqueFor);
    }
    if (chain != null) {
      Limits.checkLength("chain", chain, Limits.NAME_LENGTH);
      if (delay != null || runAt != null || onDuplicate != null) {
        throw Limits.option("chain", chain, "Give either chain or delay, runAt or onDuplicate.");
      }
    }
    tags = List.copyOf(tags);
    after = after.stream().distinct().toList();
  }

  private static void check(
      OnDuplicate wanted,
      @Nullable String uniqueKey,
      @Nullable Duration delay,
      List<TaskId> after,
      @Nullable Duration uniqueFor) {
    String said = wanted.action().word();
    if (uniqueKey == null) {
      throw Limits.option("onDuplicate", said, "Give the uniqueKey that tells what is the same.");
    }
    if (!after.isEmpty()) {
      throw Limits.option("onDuplicate", said, "Give either after or onDuplicate.");
    }
    if (wanted.action() == OnDuplicate.Action.DEBOUNCE && (delay == null || delay.isZero())) {
      throw Limits.option("onDuplicate", said, "Give the delay by which it is put off each time.");
    }
    if (uniqueFor != null && wanted.follows()) {
      throw Limits.option(
          "onDuplicate", said, "Leave uniqueFor out: the last input is to be run, too.");
    }
  }

  private static void checkPositive(String field, @Nullable Duration value, String what) {
    if (value != null && (value.toMillis() < 1 || value.compareTo(LONGEST_DELAY) > 0)) {
      throw Limits.option(field, value, "Use PT0.001S to " + LONGEST_DELAY + ": " + what + ".");
    }
  }

  /** Nothing beyond what the type says. */
  public static SubmitOptions defaults() {
    return DEFAULTS;
  }

  public SubmitOptions withQueue(String value) {
    return changed().queue(value).options();
  }

  public SubmitOptions withPriority(int value) {
    return changed().priority(value).options();
  }

  public SubmitOptions withDelay(Duration value) {
    return changed().delay(value).options();
  }

  public SubmitOptions withRunAt(Instant value) {
    return changed().runAt(value).options();
  }

  public SubmitOptions withUniqueKey(String value) {
    return changed().uniqueKey(value).options();
  }

  public SubmitOptions withTags(String... values) {
    return changed().tags(List.of(values)).options();
  }

  public SubmitOptions withTenant(String value) {
    return changed().tenant(value).options();
  }

  public SubmitOptions withKey(String value) {
    return changed().key(value).options();
  }

  public SubmitOptions withAfter(TaskId... value) {
    return changed().after(List.of(value)).options();
  }

  /** Waits for that end of the tasks instead of their success. */
  public SubmitOptions withAfter(AfterOutcome outcome, TaskId... value) {
    return changed().after(List.of(value)).afterOutcome(outcome).options();
  }

  public SubmitOptions withTraceparent(String value) {
    return changed().traceparent(value).options();
  }

  public SubmitOptions withExpiry(Duration value) {
    return changed().expiry(value).options();
  }

  /** With a key that stays taken for {@code time} from the submission on. */
  public SubmitOptions withUniqueKey(String value, Duration time) {
    return changed().uniqueKey(value).uniqueFor(time).options();
  }

  /** Takes so many units of each rate that it falls under. */
  public SubmitOptions withCost(int value) {
    return changed().cost(value).options();
  }

  /** What becomes of the task that has the unique key already, if one does. */
  public SubmitOptions withOnDuplicate(OnDuplicate value) {
    return changed().onDuplicate(value).options();
  }

  /** In the order of a chain: one at a time, and none behind one that is dead. */
  public SubmitOptions withChain(String value) {
    return changed().chain(value).options();
  }

  private SubmitOptionsChange changed() {
    return new SubmitOptionsChange(this);
  }
}
