package dev.millrace.tasks.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a workflow's run. Immutable.
 *
 * @param round from 1; one more each time the run is rolled back to before this stage's end
 * @param tasks its tasks by name, in the order of the definition
 * @param validation the task that checks it from aside; null if it has none
 * @param sync its sync point; null if it has none or has not come to it
 * @param until when its tasks must be through; null if they have no time limit
 * @param earlier how its sync point was decided before its tasks ran again, in this round
 * @param watch what was found while it was at work; null if nothing is looked at or was found
 */
public record StageRun(
    Status status,
    int round,
    Map<String, JobRun> tasks,
    @Nullable JobRun validation,
    @Nullable SyncRun sync,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant until,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SyncRun> earlier,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WatchRun watch) {

  @SuppressWarnings("NullAway") // Absent in JSON where there are none.
  public StageRun {
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  static StageRun waiting(Stage stage, int round) {
    var tasks = new LinkedHashMap<String, JobRun>();
    stage.tasks().forEach(task -> tasks.put(task.name(), JobRun.WAITING));
    JobRun validation = stage.validation() == null ? null : JobRun.WAITING;
    return new StageRun(
        Status.WAITING, round, tasks, validation, null, null, null, null, List.of(), null);
  }

  /** Its tasks have yet to run again, because its sync point did not pass. */
  StageRun again(Stage stage) {
    StageRun fresh = waiting(stage, round);
    var before = new ArrayList<>(earlier);
    if (sync != null) {
      before.add(sync);
    }
    return new StageRun(
        Status.WAITING,
        round,
        fresh.tasks,
        fresh.validation,
        null,
        startedAt,
        null,
        null,
        before,
        null);
  }

  /** At work from now on; its time limit begins. */
  StageRun started(Stage stage, Instant now) {
    return new StageRun(
            Status.RUNNING,
            round,
            tasks,
            validation,
            sync,
            startedAt == null ? now : startedAt,
            null,
            null,
            earlier,
            watch)
        .timed(stage, now);
  }

  /** Its time limit begins now. */
  StageRun timed(Stage stage, Instant now) {
    Duration limit = stage.timeLimit();
    Instant end = limit == null ? null : now.plus(limit);
    return new StageRun(
        status, round, tasks, validation, sync, startedAt, endedAt, end, earlier, watch);
  }

  StageRun with(Status status) {
    return new StageRun(
        status, round, tasks, validation, sync, startedAt, endedAt, until, earlier, watch);
  }

  StageRun ended(Status status, Instant now) {
    return new StageRun(
        status, round, tasks, validation, sync, startedAt, now, until, earlier, watch);
  }

  /** The same with other tasks. */
  public StageRun withTasks(Map<String, JobRun> others, @Nullable JobRun otherValidation) {
    return new StageRun(
        status, round, others, otherValidation, sync, startedAt, endedAt, until, earlier, watch);
  }

  StageRun with(String task, JobRun job) {
    var changed = new LinkedHashMap<>(tasks);
    changed.put(task, job);
    return new StageRun(
        status, round, changed, validation, sync, startedAt, endedAt, until, earlier, watch);
  }

  StageRun withValidation(JobRun job) {
    return new StageRun(status, round, tasks, job, sync, startedAt, endedAt, until, earlier, watch);
  }

  StageRun with(@Nullable SyncRun point) {
    return new StageRun(
        status, round, tasks, validation, point, startedAt, endedAt, until, earlier, watch);
  }

  /** Nothing was found out about it yet. */
  StageRun unjudged() {
    return new StageRun(
        status, round, tasks, validation, null, startedAt, endedAt, until, earlier, null);
  }

  StageRun with(WatchRun found) {
    return new StageRun(
        status, round, tasks, validation, sync, startedAt, endedAt, until, earlier, found);
  }

  /** What was found while it was at work so far. */
  WatchRun watched() {
    return watch == null ? WatchRun.NOTHING : watch;
  }
}
