package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.server.tasks.QueueWire.OrderBody;
import dev.millrace.server.tasks.QueueWire.QueueItem;
import dev.millrace.server.tasks.QueueWire.QueueLimit;
import dev.millrace.tasks.QueueOrder;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.adaptive.AutoBounds;
import java.util.List;

/** {@code /api/v1/queues}: how they stand, pause, resume, limit. */
public final class QueueEndpoints {
  private static final String QUEUES = "/api/v1/queues";
  private static final String QUEUE = QUEUES + "/{name}";

  private final Tasks tasks;

  public QueueEndpoints(Tasks tasks) {
    this.tasks = tasks;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        list(),
        change("pause", "Start nothing more from a queue; what runs goes on", tasks::pause),
        change("resume", "Let a paused queue go on", tasks::resume),
        limit(),
        order());
  }

  private Endpoint list() {
    return Endpoint.get(QUEUES)
        .id("listQueues")
        .summary("List queues with a count for each state")
        .tags("queues")
        .answersPage(QueueItem.class, TaskExamples.QUEUE)
        .handle(_ -> Reply.ok(now()));
  }

  /** How the queues stand now, as a page. */
  public Object now() {
    return new Page<>(tasks.queues().stream().map(QueueItem::of).toList(), null);
  }

  /** Something done to a queue, by name. */
  private interface Action {
    void on(String queue);
  }

  private Endpoint change(String verb, String summary, Action action) {
    return Endpoint.post(QUEUE + "/" + verb)
        .id(verb + "Queue")
        .summary(summary)
        .tags("queues")
        .path("name", "The queue's name.", "default")
        .answers(200, QueueItem.class, TaskExamples.QUEUE)
        .problems(TaskProblems.QUEUE_NOT_FOUND)
        .handle(request -> {
          find(request.path("name"));
          action.on(request.path("name"));
          return Reply.ok(find(request.path("name")));
        });
  }

  private Endpoint limit() {
    return Endpoint.put(QUEUE + "/limit")
        .id("limitQueue")
        .summary("Set how many tasks of a queue run at once")
        .tags("queues")
        .path("name", "The queue's name.", "default")
        .description(
            "Either a number, or 'auto': then the queue finds it out from how long its tasks take"
                + " and how they fail, and tells in its answers what it is and why.")
        .body(QueueLimit.class, new QueueLimit(8, null))
        .answers(200, QueueItem.class, TaskExamples.QUEUE)
        .problems(TaskProblems.QUEUE_NOT_FOUND, TaskProblems.OPTION_INVALID)
        .handle(request -> {
          find(request.path("name"));
          limit(request.path("name"), request.body());
          return Reply.ok(find(request.path("name")));
        });
  }

  private Endpoint order() {
    return Endpoint.put(QUEUE + "/order")
        .id("orderQueue")
        .summary("Set which tasks of a queue go first: the oldest or the newest")
        .description(
            "Of those of one tenant and priority. What waits already keeps its order: it goes"
                + " behind all that comes when the newest go first, and before it when the oldest"
                + " do.")
        .tags("queues")
        .path("name", "The queue's name.", "default")
        .body(OrderBody.class, new OrderBody(QueueOrder.LIFO))
        .answers(200, QueueItem.class, TaskExamples.QUEUE)
        .problems(TaskProblems.QUEUE_NOT_FOUND)
        .handle(request -> {
          find(request.path("name"));
          tasks.order(request.path("name"), request.body().order());
          return Reply.ok(find(request.path("name")));
        });
  }

  private void limit(String queue, QueueLimit body) {
    Integer number = body.concurrency();
    QueueWire.AutoBody auto = body.auto();
    if ((number == null) == (auto == null)) {
      throw TaskProblems.OPTION_INVALID.because(
          "Give either concurrency or auto, not both and not neither.");
    }
    if (number != null) {
      tasks.limitConcurrency(queue, number);
    } else if (auto != null) {
      if (auto.min() > auto.max()) {
        throw TaskProblems.OPTION_INVALID.because(
            "auto.min is "
                + auto.min()
                + " and auto.max is "
                + auto.max()
                + "; min is at most max.");
      }
      tasks.autoConcurrency(queue, new AutoBounds(auto.min(), auto.max()));
    }
  }

  private QueueItem find(String name) {
    return tasks.queues().stream()
        .filter(queue -> queue.name().equals(name))
        .findFirst()
        .map(QueueItem::of)
        .orElseThrow(() -> TaskProblems.QUEUE_NOT_FOUND.because("There is no queue " + name + "."));
  }
}
