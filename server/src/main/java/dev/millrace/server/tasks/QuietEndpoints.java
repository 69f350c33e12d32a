package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.Request;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import dev.millrace.tasks.QuietView;
import dev.millrace.tasks.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/quiet}: the process takes no more work while what runs ends. */
public final class QuietEndpoints {
  private static final String QUIET = "/api/v1/quiet";
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** A client may be gone meanwhile. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Tasks tasks;

  public QuietEndpoints(Tasks tasks) {
    this.tasks = tasks;
  }

  /** Whether the process takes work. */
  public record QuietItem(
      @Doc("Whether it starts nothing more.") boolean quiet,
      @Doc("From when on; null if it takes work.") @Nullable Instant since,
      @Doc("How many tasks are still at work.") int running,
      @Doc("Whether it is quiet and nothing runs any more: it can be stopped without loss.")
          boolean through) {
    static final QuietItem EXAMPLE = of(new QuietView(Instant.parse("2026-11-20T08:00:00Z"), 3));

    static QuietItem of(QuietView view) {
      return new QuietItem(view.since() != null, view.since(), view.running(), view.isThrough());
    }
  }

  /** What to wait for. */
  public record QuietQuery(
      @Doc(
              "Answer when it is quiet and nothing runs any more, or after this time at the latest,"
                  + " up to PT1M; at once if it is left out.")
          @Nullable Duration await) {}

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(find(), quiet(), wake());
  }

  /** How it stands now. */
  public Object now() {
    return QuietItem.of(tasks.quietness());
  }

  private Endpoint find() {
    return Endpoint.get(QUIET)
        .id("findQuiet")
        .summary("Look whether the process takes work, and whether anything still runs")
        .tags("queues")
        .query(QuietQuery.class)
        .answers(200, QuietItem.class, QuietItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.CLOSED)
        .noEtag()
        .handle(request -> {
          await(request);
          return Reply.ok(now());
        });
  }

  private void await(Request<Void, QuietQuery> request) throws InterruptedException {
    Duration wait = request.query().await();
    if (wait == null) {
      return;
    }
    if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
      String detail = "await is " + wait + "; use PT0S to " + LONGEST_WAIT + ".";
      throw TaskProblems.OPTION_INVALID.because(
          detail, List.of(new Fault("/await", detail, "task-option-invalid")));
    }
    long until = System.nanoTime() + wait.toNanos();
    long left = wait.toNanos();
    while (left > 0 && !request.cancelled()) {
      if (tasks.awaitQuiet(Duration.ofNanos(Math.min(left, LOOK.toNanos()))).isThrough()) {
        return;
      }
      left = until - System.nanoTime();
    }
  }

  private Endpoint quiet() {
    return Endpoint.post(QUIET)
        .id("quiet")
        .summary("Keep the process from taking any more work; what runs goes on")
        .description(
            "Submissions are taken all the same, and wait. Not kept over restarts: the next process"
                + " takes work.")
        .tags("queues")
        .answers(200, QuietItem.class, QuietItem.EXAMPLE)
        .problems(TaskProblems.CLOSED)
        .handle(_ -> {
          tasks.quiet();
          return Reply.ok(now());
        });
  }

  private Endpoint wake() {
    return Endpoint.delete(QUIET)
        .id("wake")
        .summary("Have the process take work again")
        .tags("queues")
        .answersEmpty(204)
        .problems(TaskProblems.CLOSED)
        .handle(_ -> {
          tasks.wake();
          return Reply.noContent();
        });
  }
}
