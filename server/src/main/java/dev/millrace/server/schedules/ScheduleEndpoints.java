package dev.millrace.server.schedules;

import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.server.schedules.ScheduleWire.NewSchedule;
import dev.millrace.server.schedules.ScheduleWire.ScheduleItem;
import dev.millrace.server.schedules.ScheduleWire.ScheduleQuery;
import dev.millrace.server.schedules.ScheduleWire.Started;
import dev.millrace.server.schedules.ScheduleWire.TimesBody;
import dev.millrace.server.schedules.ScheduleWire.TimesQuery;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.tasks.Schedule;
import dev.millrace.tasks.SchedulePage;
import dev.millrace.tasks.ScheduleView;
import dev.millrace.tasks.Schedules;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.schedule.Timing;
import java.time.Instant;
import java.util.List;

/** {@code /api/v1/schedules}: make, look, change, pause, run now. */
public final class ScheduleEndpoints {
  private static final String SCHEDULES = "/api/v1/schedules";
  private static final String SCHEDULE = SCHEDULES + "/{name}";
  private static final String NAME = "report.daily";
  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");
  private static final String TASK = new TaskId(AT.toEpochMilli() << 20).toString();

  private static final ScheduleItem EXAMPLE =
      ScheduleItem.of(
          new ScheduleView(
              ScheduleBody.EXAMPLE.schedule(NAME),
              null,
              false,
              Instant.parse("2026-11-23T06:00:00Z"),
              Instant.parse("2026-11-20T06:00:00Z"),
              TaskId.parse(TASK),
              12,
              0,
              0,
              null,
              AT));

  /** As many as are pushed. */
  private static final int SHOWN = 200;

  private final Schedules schedules;
  private final Cursor<After> cursor = Cursor.of("schedules", "", After.class);

  /** The name behind which a page begins. */
  record After(String name) {}

  public ScheduleEndpoints(Schedules schedules) {
    this.schedules = schedules;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        create(),
        check(),
        list(),
        find(),
        replace(),
        remove(),
        times(),
        change("pause", "Start nothing more until it is resumed", schedules::pause),
        change("resume", "Go on with the next time that comes", schedules::resume),
        run());
  }

  private Endpoint create() {
    return Endpoint.post(SCHEDULES)
        .id("createSchedule")
        .summary("Make a schedule")
        .tags("schedules")
        .body(NewSchedule.class, new NewSchedule(NAME, ScheduleBody.EXAMPLE))
        .answers(201, ScheduleItem.class, EXAMPLE)
        .problems(
            TaskProblems.SCHEDULE_EXISTS,
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.INPUT_INVALID,
            TaskProblems.OPTION_INVALID,
            TaskProblems.LIMIT)
        .handle(request -> {
          String name = request.body().name();
          ScheduleView view = schedules.create(request.body().schedule().schedule(name));
          return Reply.created(SCHEDULES + "/" + name, ScheduleItem.of(view));
        });
  }

  private Endpoint list() {
    return Endpoint.get(SCHEDULES)
        .id("listSchedules")
        .summary("List schedules by name")
        .tags("schedules")
        .query(ScheduleQuery.class)
        .answersPage(ScheduleItem.class, EXAMPLE)
        .handle(request -> {
          After after = cursor.decode(request.query().cursor());
          SchedulePage page =
              schedules.list(request.query().limit(), after == null ? null : after.name());
          return Reply.ok(page(page));
        });
  }

  private Page<ScheduleItem> page(SchedulePage page) {
    String next = page.next();
    return new Page<>(
        page.items().stream().map(ScheduleItem::of).toList(),
        next == null ? null : cursor.encode(new After(next)));
  }

  /** The first schedules, as a page. */
  public Object now() {
    return page(schedules.list(SHOWN, null));
  }

  private static Endpoint check() {
    return Endpoint.post("/api/v1/schedule-times")
        .id("checkScheduleTimes")
        .summary("List the times that a rule would mean, before there is a schedule")
        .tags("schedules")
        .body(TimesBody.class, new TimesBody("0 7 * * MON-FRI", null, null, "Europe/Berlin", 10))
        .answersPage(Instant.class, Instant.parse("2026-11-23T06:00:00Z"))
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> {
          TimesBody body = request.body();
          Timing timing = ScheduleBody.timing(body.cron(), body.every(), body.at());
          Instant now = Instant.now();
          return Reply.ok(
              new Page<>(timing.next(body.count(), now, Schedule.zone(body.zone()), now), null));
        });
  }

  private Endpoint find() {
    return Endpoint.get(SCHEDULE)
        .id("findSchedule")
        .summary("Look at a schedule")
        .tags("schedules")
        .path("name", "The schedule's name.", NAME)
        .answers(200, ScheduleItem.class, EXAMPLE)
        .problems(TaskProblems.SCHEDULE_NOT_FOUND)
        .handle(request -> Reply.ok(item(request.path("name"))));
  }

  private ScheduleItem item(String name) {
    return schedules
        .find(name)
        .map(ScheduleItem::of)
        .orElseThrow(
            () -> TaskProblems.SCHEDULE_NOT_FOUND.because("There is no schedule '" + name + "'."));
  }

  private Endpoint replace() {
    return Endpoint.put(SCHEDULE)
        .id("replaceSchedule")
        .summary("Change a schedule")
        .description("Its pause and its counts stay.")
        .tags("schedules")
        .path("name", "The schedule's name.", NAME)
        .body(ScheduleBody.class, ScheduleBody.EXAMPLE)
        .answers(200, ScheduleItem.class, EXAMPLE)
        .problems(
            TaskProblems.SCHEDULE_NOT_FOUND,
            TaskProblems.SCHEDULE_OWNED,
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.INPUT_INVALID,
            TaskProblems.OPTION_INVALID)
        .handle(request ->
            Reply.ok(
                ScheduleItem.of(schedules.replace(request.body().schedule(request.path("name"))))));
  }

  private Endpoint remove() {
    return Endpoint.delete(SCHEDULE)
        .id("removeSchedule")
        .summary("Remove a schedule; its tasks stay")
        .tags("schedules")
        .path("name", "The schedule's name.", NAME)
        .answersEmpty(204)
        .problems(TaskProblems.SCHEDULE_NOT_FOUND, TaskProblems.SCHEDULE_OWNED)
        .handle(request -> {
          schedules.remove(request.path("name"));
          return Reply.noContent();
        });
  }

  private Endpoint times() {
    return Endpoint.get(SCHEDULE + "/next")
        .id("listScheduleTimes")
        .summary("List the times to come, whether it is paused or not")
        .tags("schedules")
        .path("name", "The schedule's name.", NAME)
        .query(TimesQuery.class)
        .answersPage(Instant.class, Instant.parse("2026-11-23T06:00:00Z"))
        .problems(TaskProblems.SCHEDULE_NOT_FOUND)
        .noEtag()
        .handle(request ->
            Reply.ok(
                new Page<>(schedules.next(request.path("name"), request.query().count()), null)));
  }

  private Endpoint change(String verb, String summary, Action action) {
    return Endpoint.post(SCHEDULE + "/" + verb)
        .id(verb + "Schedule")
        .summary(summary)
        .tags("schedules")
        .path("name", "The schedule's name.", NAME)
        .answers(200, ScheduleItem.class, EXAMPLE)
        .problems(TaskProblems.SCHEDULE_NOT_FOUND)
        .handle(request -> Reply.ok(ScheduleItem.of(action.on(request.path("name")))));
  }

  /** Something done to a schedule, by name. */
  private interface Action {
    ScheduleView on(String name);
  }

  private Endpoint run() {
    return Endpoint.post(SCHEDULE + "/run")
        .id("runSchedule")
        .summary("Submit its task now, paused or not; its times stay")
        .tags("schedules")
        .path("name", "The schedule's name.", NAME)
        .answers(202, Started.class, new Started(TASK, "/api/v1/tasks/" + TASK))
        .problems(
            TaskProblems.SCHEDULE_NOT_FOUND,
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.TENANT_FULL,
            TaskProblems.INPUT_INVALID)
        .handle(request -> {
          String id = schedules.run(request.path("name")).id().toString();
          return Reply.accepted(new Started(id, "/api/v1/tasks/" + id));
        });
  }
}
