package dev.millrace.tasks;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks that only go on when somebody says so: their runs, errands, timers and schedules. */
final class Stepping {
  private final @Nullable Stepper stepper;
  private final Errands errands;
  private final Workers workers;
  private final DueTimer due;
  private final ScheduleStore schedules;

  /**
   * @param stepper null for tasks that run by themselves: then nothing here is allowed
   */
  Stepping(
      @Nullable Stepper stepper,
      Errands errands,
      Workers workers,
      DueTimer due,
      ScheduleStore schedules) {
    this.stepper = stepper;
    this.errands = errands;
    this.workers = workers;
    this.due = due;
    this.schedules = schedules;
  }

  Optional<TaskId> runNext() {
    Stepper turns = requireStepped();
    return turns.work(() -> runNext(turns));
  }

  private Optional<TaskId> runNext(Stepper turns) {
    SteppedErrands waiting = (SteppedErrands) errands;
    while (true) {
      boolean more = waiting.runPending();
      schedules.fireNow();
      TaskQueue queue = turns.slot();
      if (queue != null) {
        LiveRun run = workers.step(queue);
        if (run != null) {
          turns.offer(queue);
          return Optional.of(run.id());
        }
      } else if (!more) {
        return Optional.empty();
      }
    }
  }

  Optional<Instant> nextMoment() {
    Stepper _ = requireStepped();
    long task = due.next();
    long next = Math.min(((SteppedErrands) errands).next(), schedules.next());
    next = task == 0 ? next : Math.min(task, next);
    return next == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }

  void catchUp() {
    Optional<Boolean> _ =
        requireStepped()
            .work(() -> {
              SteppedErrands waiting = (SteppedErrands) errands;
              waiting.fire();
              waiting.runPending();
              due.promoteNow();
              schedules.fireNow();
              return Optional.of(true);
            });
  }

  private Stepper requireStepped() {
    if (stepper == null) {
      throw new IllegalStateException(
          "these tasks run by themselves; build them with buildStepped");
    }
    return stepper;
  }
}
