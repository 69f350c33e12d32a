package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered type as it is in force.
 *
 * @param queue where its tasks wait unless their submission says otherwise
 * @param timeLimit of one attempt; null for none
 * @param attempts tries in all
 * @param retryDelay the pause after the first failure
 * @param retryCases what holds instead for failures of some classes
 * @param expiry how long after it is due a task may be started; null for ever
 * @param chunk how its tasks are handled together; null if each is handled alone
 * @param set what people have set, {@link TypeSettings#NONE} for nothing
 */
public record TypeView(
    String name,
    TaskKind kind,
    String queue,
    int priority,
    @Nullable Duration timeLimit,
    int attempts,
    Duration retryDelay,
    List<RetryCase> retryCases,
    @Nullable Duration expiry,
    @Nullable Chunking chunk,
    TypeSettings set) {}
