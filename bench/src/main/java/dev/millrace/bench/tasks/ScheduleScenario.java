package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Progress;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.tasks.Schedule;
import dev.millrace.tasks.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code schedule.*}: many schedules whose time comes at once. */
public final class ScheduleScenario implements Scenario {
  private static final int SCHEDULES = 10_000;
  private static final Duration AHEAD = Duration.ofSeconds(15);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public String about() {
    return "10,000 schedules due in the same second";
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("schedule.burst", ScheduleScenario::burst));
  }

  private static void burst(Scale scale, Report report) throws Exception {
    Progress.say("schedule.burst warm-up: %,.0f".formatted(lastStart()));
    var times =
        Rounds.run(
            "schedule.burst",
            scale.runs(),
            List.of(new Contender(OurRuns.LABEL, ScheduleScenario::lastStart)));
    report.add("schedule.burst", "ms", Figure.FULL, OurRuns.LABEL, times);
  }

  /** From the due time, by the wall clock, until the last of the bodies has run. */
  private static double lastStart() throws Exception {
    try (Workplace place = Workplace.create("schedules");
        Millrace millrace = new Millrace(place.folder())) {
      Instant due = Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.SECONDS);
      millrace.tasks().schedules().declare("bench", schedules(due));
      if (!Instant.now().isBefore(due.minusSeconds(1))) {
        throw new IllegalStateException("the schedules were not made before they were due");
      }
      CountDownLatch bodies = millrace.expect(SCHEDULES);
      if (!bodies.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException(bodies.getCount() + " schedules did not start");
      }
      return Duration.between(due, Instant.now()).toNanos() / 1e6;
    }
  }

  private static List<Schedule> schedules(Instant due) {
    OffsetDateTime at = due.atOffset(ZoneOffset.UTC);
    Timing daily =
        Schedule.cron("%d %d %d * * *".formatted(at.getSecond(), at.getMinute(), at.getHour()));
    var schedules = new ArrayList<Schedule>(SCHEDULES);
    for (int i = 0; i < SCHEDULES; i++) {
      schedules.add(
          Schedule.of("bench-" + i, "bench.noop", JsonNodeFactory.instance.objectNode(), daily));
    }
    return schedules;
  }
}
