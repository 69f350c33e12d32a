package dev.millrace.apps.crew.work;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.agents.ExecutorKind;
import dev.millrace.outbound.WebClient;
import dev.millrace.tasks.FatalFailure;
import dev.millrace.tasks.RetryPolicy;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskHandler;
import dev.millrace.tasks.TaskType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The task types that do agents' work: what runs out of time or meets a failing network is tried
 * again, what was wrong from the beginning is not, and everything else depends on the priority.
 * Thread-safe.
 */
public final class WorkTypes {
  /** Work that waits for people. */
  public static final String PERSON = "crew.person";

  /** Work that programs do. */
  public static final String SHELL = "crew.shell";

  /** Work that services do. */
  public static final String HTTP = "crew.http";

  /** The queue of programs. */
  public static final String SHELL_QUEUE = "crew-shell";

  /** The signal that a person's answer is. */
  public static final String ANSWER = "answer";

  private static final int ATTEMPTS = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Up to this priority, work that fails is left out. */
  private static final int OPTIONAL = 5;

  private final RetryPolicy retry;
  private final ShellWork shell;
  private final WebWork web;

  /**
   * @param firstPause before the second attempt; each one after is twice as long, up to a minute
   */
  public WorkTypes(
      Programs programs,
      WorkFolders folders,
      ShellLimits limits,
      WebClient client,
      Duration firstPause) {
    shell = new ShellWork(programs, folders, limits);
    web = new WebWork(client);
    retry =
        RetryPolicy.defaults()
            .withAttempts(ATTEMPTS)
            .withDelays(firstPause, LONGEST_PAUSE)
            .withJitter(0);
  }

  /** All of them. */
  public List<TaskType<?, ?>> all() {
    return List.of(
        type(PERSON, WorkTypes::ask).withQueue("crew-people"),
        type(SHELL, shell::run).withQueue(SHELL_QUEUE),
        type(HTTP, (_, work) -> web.run(work)).withQueue("crew"));
  }

  /** The type that does the work of an executor. */
  public static String nameOf(Executor executor) {
    String type = executor.type();
    return switch (executor.kind()) {
      case PERSON -> PERSON;
      case SHELL -> SHELL;
      case HTTP -> HTTP;
      case JAVA -> type == null ? "" : type;
    };
  }

  private TaskType<Work, Outcome> type(String name, TaskHandler<Work, Outcome> handler) {
    return TaskType.io(name, Work.class, Outcome.class, leavingOut(handler)).withRetry(retry);
  }

  private static TaskHandler<Work, Outcome> leavingOut(TaskHandler<Work, Outcome> handler) {
    return (run, work) -> {
      try {
        return Objects.requireNonNull(handler.run(run, work)).at(run.attempt());
      } catch (WorkFailure failure) {
        if (work.priority() > OPTIONAL) {
          throw failure;
        }
        if (work.hasFallback()) {
          throw new FatalFailure(String.valueOf(failure.getMessage()), failure);
        }
        return Outcome.skipped(work.agent(), String.valueOf(failure.getMessage()))
            .at(run.attempt());
      }
    };
  }

  private static Outcome ask(Run run, Work work) throws InterruptedException {
    Answer answer =
        run.awaitSignal(ANSWER, Answer.class, work.timeLimit())
            .orElseThrow(() ->
                new FatalFailure(
                    "nobody answered for "
                        + work.agent()
                        + " within "
                        + work.timeLimit()
                        + "; roll the run back to the stage "
                        + work.stage()
                        + " to ask again"));
    return Outcome.of(work.agent(), answer);
  }

  /** How long an attempt of an executor may take. */
  public static Duration timeLimit(Executor executor, Duration usual, Duration ofPeople) {
    Duration own = executor.timeLimit();
    return own != null ? own : executor.kind() == ExecutorKind.PERSON ? ofPeople : usual;
  }
}
