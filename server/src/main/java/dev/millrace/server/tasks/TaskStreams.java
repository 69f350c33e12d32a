package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EventStream;
import dev.millrace.http.Reply;
import dev.millrace.server.tasks.FacetsEndpoint.FacetItem;
import dev.millrace.server.tasks.TaskWire.Change;
import dev.millrace.server.tasks.TaskWire.LogItem;
import dev.millrace.server.tasks.TaskWire.StepItem;
import dev.millrace.server.tasks.TaskWire.StreamQuery;
import dev.millrace.server.tasks.TaskWire.TaskDetail;
import dev.millrace.server.tasks.TaskWire.TaskItem;
import dev.millrace.tasks.TaskChange;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.TaskWatch;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.Trail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Live news of tasks as server-sent events, pushed from memory. */
public final class TaskStreams {
  /** How long a stream rests before it looks whether its client is still there. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final Tasks tasks;

  public TaskStreams(Tasks tasks) {
    this.tasks = tasks;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(one(), many());
  }

  private Endpoint one() {
    return Endpoint.get("/api/v1/tasks/{id}/stream")
        .id("followTask")
        .summary("Follow a task until it is over")
        .description(
            "Begins with where the task stands. The stream ends after the event 'end'. The ids say"
                + " how many steps and log lines were sent, so that a returning client misses and"
                + " repeats none.")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .answersStream(
            "Events 'state' (the task as in a list), 'progress', 'step', 'log', and 'end' with the"
                + " whole task.",
            "id: 1.0\nevent: step\ndata: {\"name\":\"step-1\"}\n\n")
        .problems(TaskProblems.ID_INVALID, TaskProblems.NOT_FOUND)
        .handle(request -> {
          TaskId id = TaskEndpoints.id(request);
          if (tasks.find(id).isEmpty()) {
            throw TaskEndpoints.notFound(id);
          }
          Sent sent = request.lastEventId().map(Sent::parse).orElse(Sent.NOTHING);
          return Reply.stream(stream -> follow(id, sent, stream));
        });
  }

  private void follow(TaskId id, Sent sent, EventStream stream) throws Exception {
    try (TaskWatch watch = tasks.watch(id)) {
      Sent now = sent;
      while (stream.isOpen()) {
        TaskView view = tasks.find(id).orElse(null);
        if (view == null) {
          return;
        }
        now = sendTrail(id, now, stream);
        stream.send(now.toString(), "state", TaskItem.of(view));
        if (view.state().finished()) {
          TaskDetail end = TaskEndpoints.detail(tasks, id);
          stream.send(now.toString(), "end", end);
          return;
        }
        awaitNews(watch, now, stream);
      }
    }
  }

  /** Passes on progress as it comes; returns when more than that has changed. */
  private static void awaitNews(TaskWatch watch, Sent sent, EventStream stream) throws Exception {
    while (stream.isOpen()) {
      List<TaskChange> news = watch.take(REST);
      for (TaskChange change : news) {
        stream.send(sent.toString(), "progress", Change.of(change));
      }
      if (!news.isEmpty()) {
        return;
      }
    }
  }

  private Sent sendTrail(TaskId id, Sent sent, EventStream stream)
      throws IOException, InterruptedException {
    Trail trail = tasks.trail(id).orElse(null);
    if (trail == null) {
      return sent;
    }
    Sent now = sent;
    for (int i = now.steps; i < trail.steps().size(); i++) {
      now = new Sent(i + 1, now.lines);
      stream.send(now.toString(), "step", StepItem.of(trail.steps().get(i)));
    }
    for (int i = now.lines; i < trail.log().size(); i++) {
      now = new Sent(now.steps, i + 1);
      stream.send(now.toString(), "log", LogItem.of(trail.log().get(i)));
    }
    return now;
  }

  /** How many steps and log lines a client has. */
  private record Sent(int steps, int lines) {
    static final Sent NOTHING = new Sent(0, 0);

    static Sent parse(String eventId) {
      int dot = eventId.indexOf('.');
      try {
        return new Sent(
            Math.max(0, Integer.parseInt(eventId, 0, dot, 10)),
            Math.max(0, Integer.parseInt(eventId, dot + 1, eventId.length(), 10)));
      } catch (NumberFormatException | IndexOutOfBoundsException foreign) {
        return NOTHING;
      }
    }

    @Override
    public String toString() {
      return steps + "." + lines;
    }
  }

  private Endpoint many() {
    return Endpoint.get("/api/v1/tasks/stream")
        .id("followTasks")
        .summary("Follow all tasks that match a filter")
        .description(
            "News from now on, the latest of each task if the client is slow. The event 'missed'"
                + " says that some were dropped: read the list again. With 'facets', also what GET"
                + " /tasks/facets answers, at first and when it has changed; the news are then not"
                + " narrowed by state and text, because a task that leaves the filter is news too.")
        .tags("tasks")
        .query(StreamQuery.class)
        .answersStream("Events 'task', 'missed' and 'facets'.", "event: missed\ndata: {}\n\n")
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.ID_INVALID)
        .handle(request -> {
          StreamQuery query = request.query();
          TaskFilter filter = query.match().filter();
          return Reply.stream(stream -> followAll(filter, query.facets(), stream));
        });
  }

  private void followAll(TaskFilter filter, boolean counted, EventStream stream) throws Exception {
    TaskFilter news = counted ? filter.withStates().withText(null) : filter;
    try (TaskWatch watch = tasks.watch(news);
        FacetNews counts = counted ? new FacetNews(tasks, filter) : null) {
      while (stream.isOpen()) {
        if (counts != null) {
          FacetItem changed = counts.take();
          if (changed != null) {
            stream.send(null, "facets", changed);
          }
        }
        for (TaskChange change : watch.take(counts == null ? REST : counts.rest())) {
          stream.send(null, "task", Change.of(change));
        }
        if (watch.missed()) {
          stream.send(null, "missed", new Missed());
        }
      }
    }
  }

  /** Nothing more to say than its name. */
  private record Missed() {}
}
