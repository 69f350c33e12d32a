package dev.millrace.tasks.workflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a workflow stops at the end of a stage until something is true. Immutable.
 *
 * @param type what is looked at
 * @param criteria rules by metric, such as {@code coverage: ">=80"}; the metrics are the fields of
 *     the results of the stage's tasks and of their field {@code metrics}, and those that are
 *     handed in by signal. A consensus or quorum may have criteria as well; then both must hold
 * @param where a condition over the same metrics, in the language of {@code platform/expression}
 * @param agreement for a consensus: the share that must agree, weighted by confidence; 0.8 by
 *     default
 * @param quorum for a quorum: how many tasks of the stage must have succeeded
 * @param timeLimit how long a person, or metrics that are missing, are waited for; a day by default
 * @param escalateTo for an approval: whom to ask when the time limit is over; asked for as long
 *     again
 * @param mustPass whether the workflow fails if it does not pass; true by default
 * @param retries how often the stage's tasks run again where it does not pass, before that is
 *     final; 0 to {@value #MOST_RETRIES}, 0 by default. A person's no is final
 */
public record SyncPoint(
    Type type,
    Map<String, Object> criteria,
    @Nullable String where,
    Double agreement,
    @Nullable Integer quorum,
    Duration timeLimit,
    @Nullable String escalateTo,
    Boolean mustPass,
    Integer retries) {

  /** What a sync point looks at. */
  public enum Type {
    /** Metrics against criteria. */
    CRITERIA,
    /** Whether the tasks' {@code conclusion}s agree, weighted by {@code confidence}. */
    CONSENSUS,
    /** How many tasks succeeded. */
    QUORUM,
    /** What a person says. */
    APPROVAL;

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Type parse(String word) {
      return Words.parse(Type.class, "type", word);
    }
  }

  /** How long a person is waited for unless the sync point says otherwise. */
  public static final Duration TIME_LIMIT = Duration.ofDays(1);

  /** The share that must agree unless the sync point says otherwise. */
  public static final double AGREEMENT = 0.8;

  /** The most retries. */
  public static final int MOST_RETRIES = 20;

  /** One whose verdict is final at once. */
  public SyncPoint(
      Type type,
      Map<String, Object> criteria,
      @Nullable String where,
      Double agreement,
      @Nullable Integer quorum,
      Duration timeLimit,
      @Nullable String escalateTo,
      Boolean mustPass) {
    this(type, criteria, where, agreement, quorum, timeLimit, escalateTo, mustPass, 0);
  }

  public SyncPoint {
    criteria = criteria == null ? Map.of() : Map.copyOf(criteria);
    agreement = agreement == null ? AGREEMENT : agreement;
    timeLimit = timeLimit == null ? TIME_LIMIT : timeLimit;
    mustPass = mustPass == null || mustPass;
    retries = retries == null ? 0 : retries;
  }

  /** A condition over the results of the stage. */
  public static SyncPoint where(String condition) {
    return new SyncPoint(
        Type.CRITERIA, Map.of(), condition, AGREEMENT, null, TIME_LIMIT, null, true);
  }

  /** Rules over the results of the stage. */
  public static SyncPoint criteria(Map<String, Object> rules) {
    return new SyncPoint(Type.CRITERIA, rules, null, AGREEMENT, null, TIME_LIMIT, null, true);
  }

  /** The conclusions of the stage's tasks agree. */
  public static SyncPoint consensus(double agreement) {
    return new SyncPoint(Type.CONSENSUS, Map.of(), null, agreement, null, TIME_LIMIT, null, true);
  }

  /** At least so many tasks of the stage have succeeded. */
  public static SyncPoint quorum(int succeeded) {
    return new SyncPoint(Type.QUORUM, Map.of(), null, AGREEMENT, succeeded, TIME_LIMIT, null, true);
  }

  /** A person says yes in time. */
  public static SyncPoint approval(Duration timeLimit) {
    return new SyncPoint(Type.APPROVAL, Map.of(), null, AGREEMENT, null, timeLimit, null, true);
  }

  /** The same, asking somebody else when the time limit is over. */
  public SyncPoint withEscalateTo(String whom) {
    return new SyncPoint(
        type, criteria, where, agreement, quorum, timeLimit, whom, mustPass, retries);
  }

  /** The same, running the stage's tasks again up to so often where it does not pass. */
  public SyncPoint withRetries(int times) {
    return new SyncPoint(
        type, criteria, where, agreement, quorum, timeLimit, escalateTo, mustPass, times);
  }
}
