package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Overlap;
import dev.millrace.tasks.schedule.Timing;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ScheduleTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final JsonNode WORD = JsonNodeFactory.instance.objectNode().put("text", "mill");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(NINE);

  private Site site() {
    Site site = new Site(folder, config -> config, clock);
    return site.start(Site.measure(), site.held());
  }

  private static Schedule measure(String name, Timing timing) {
    return Schedule.of(name, "word.measure", WORD, timing);
  }

  private static Schedule held(String name, Timing timing) {
    return Schedule.of(name, "word.held", WORD, timing);
  }

  private static Timing hourly() {
    return Schedule.cron("0 * * * *");
  }

  private void pass(Site site, Duration time) {
    clock.advance(time);
    site.tasks.wakeTimer();
  }

  private static ScheduleView awaitStarted(Site site, String name, long count)
      throws InterruptedException {
    Signal.awaitUntil(
        name + " started " + count,
        () -> {
          ScheduleView view = site.tasks.schedules().find(name).orElseThrow();
          return view.started() == count;
        });
    return site.tasks.schedules().find(name).orElseThrow();
  }

  private static ScheduleView awaitDue(Site site, String name, Instant last)
      throws InterruptedException {
    Signal.awaitUntil(
        name + " was due at " + last,
        () -> last.equals(site.tasks.schedules().find(name).orElseThrow().lastDue()));
    return site.tasks.schedules().find(name).orElseThrow();
  }

  @Test
  void submitsItsTaskWhenTheTimeComes() throws Exception {
    try (Site site = site()) {
      Schedules schedules = site.tasks.schedules();
      ScheduleView made =
          schedules.create(
              measure("hourly", hourly())
                  .withOptions(SubmitOptions.defaults().withTags("demo").withPriority(2)));
      assertThat(made.next()).isEqualTo(NINE.plusSeconds(3_600));
      assertThat(schedules.next("hourly", 10))
          .hasSize(10)
          .startsWith(NINE.plusSeconds(3_600), NINE.plusSeconds(7_200));

      pass(site, Duration.ofMinutes(59));
      assertThat(schedules.find("hourly").orElseThrow().started()).isZero();
      pass(site, Duration.ofMinutes(1));
      ScheduleView view = awaitStarted(site, "hourly", 1);
      assertThat(view.lastDue()).isEqualTo(NINE.plusSeconds(3_600));
      assertThat(view.next()).isEqualTo(NINE.plusSeconds(7_200));
      TaskView task = site.awaitEnd(view.lastTask());
      assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(task.tags()).containsExactly("demo", "schedule:hourly");
      assertThat(task.priority()).isEqualTo(2);
      assertThat(task.uniqueKey()).isEqualTo("hourly@2026-03-02T10:00:00Z");
    }
  }

  /** A time that has come may still be under way when its schedule is removed. */
  @Test
  void anotherScheduleNeverHasTheIdOfOneThatWasRemoved() {
    try (Site site = site()) {
      Schedules schedules = site.tasks.schedules();
      String id = "SELECT max(id) FROM task_schedules";
      schedules.create(measure("a", hourly()));
      long first = site.store.<Long, RuntimeException>read(view -> view.number(id));
      schedules.remove("a");
      schedules.create(measure("b", hourly()));
      long second = site.store.<Long, RuntimeException>read(view -> view.number(id));
      assertThat(second).isGreaterThan(first);
    }
  }

  @Test
  void unfinishedTaskWithTheKeyOfATimeStandsForIt() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(held("a", hourly()));
      site.tasks.schedules().create(held("b", hourly()));
      TaskId there =
          site.tasks
              .submitJson(
                  "word.held",
                  WORD,
                  SubmitOptions.defaults().withUniqueKey("a@2026-03-02T10:00:00Z"))
              .id();
      pass(site, Duration.ofHours(1));
      assertThat(awaitStarted(site, "a", 1).lastTask()).isEqualTo(there);
      assertThat(awaitStarted(site, "b", 1).lastTask()).isNotEqualTo(there);
    }
  }

  @Test
  void manySchedulesOfOneMomentAllStart() throws Exception {
    try (Site site = site()) {
      var all = new ArrayList<Schedule>();
      for (int i = 0; i < 2_500; i++) {
        all.add(measure("s" + i, hourly()));
      }
      site.tasks.schedules().declare("test", all);
      for (int hour = 1; hour <= 2; hour++) {
        pass(site, Duration.ofHours(1));
        for (Schedule each : all) {
          awaitStarted(site, each.name(), hour);
        }
        // One whose task was not over would skip the next hour.
        long over = (long) hour * all.size();
        Signal.awaitUntil(
            "all tasks of hour " + hour + " are over",
            () -> site.count(TaskType.IO_QUEUE, TaskState.SUCCEEDED) == over);
      }
    }
  }

  @Test
  void goesOnAfterARestartAndKeepsWhatPeopleSet() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(measure("a", Schedule.every(Duration.ofMinutes(10))));
      site.tasks.schedules().create(measure("b", Schedule.every(Duration.ofMinutes(10))));
      site.tasks.schedules().pause("b");
      pass(site, Duration.ofMinutes(10));
      site.awaitEnd(awaitStarted(site, "a", 1).lastTask());
    }
    clock.advance(Duration.ofMinutes(9));
    try (Site site = site()) {
      assertThat(site.tasks.schedules().find("b").orElseThrow().paused()).isTrue();
      assertThat(site.tasks.schedules().find("b").orElseThrow().next()).isNull();
      pass(site, Duration.ofMinutes(1));
      assertThat(awaitStarted(site, "a", 2).next()).isEqualTo(NINE.plusSeconds(1_800));
      assertThat(site.tasks.schedules().resume("b").next()).isEqualTo(NINE.plusSeconds(1_800));
      assertThat(site.tasks.schedules().find("b").orElseThrow().started()).isZero();
    }
  }

  @Test
  void onceIsDueOnceAlsoIfItIsOver() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(measure("then", Schedule.once(NINE.plusSeconds(5))));
      site.tasks.schedules().create(measure("past", Schedule.once(NINE.minusSeconds(5))));
      assertThat(awaitStarted(site, "past", 1).next()).isNull();
      pass(site, Duration.ofSeconds(5));
      assertThat(awaitStarted(site, "then", 1).next()).isNull();
      assertThat(site.tasks.schedules().next("then", 10)).isEmpty();
    }
  }

  @Test
  void timesThatWereMissedGoByTheirRule() throws Exception {
    try (Site site = site()) {
      for (Misfire misfire : Misfire.values()) {
        site.tasks
            .schedules()
            .create(
                measure(misfire.name(), hourly()).withMisfire(misfire).withOverlap(Overlap.ALLOW));
      }
    }
    clock.advance(Duration.ofMinutes(60 * 5 + 30));
    try (Site site = site()) {
      ScheduleView all = awaitStarted(site, "ALL", 5);
      ScheduleView once = awaitStarted(site, "ONCE", 1);
      ScheduleView skip = awaitDue(site, "SKIP", NINE.plusSeconds(3_600));
      assertThat(skip.started()).isZero();
      assertThat(skip.skipped()).isEqualTo(5);
      assertThat(once.skipped()).isEqualTo(4);
      assertThat(all.skipped()).isZero();
      assertThat(List.of(all, once, skip))
          .extracting(ScheduleView::next)
          .containsOnly(NINE.plus(Duration.ofHours(6)));
      assertThat(site.tasks.list(TaskFilter.all().withTag("schedule:ALL"), 10, null).items())
          .hasSize(5);
    }
  }

  @Test
  void aTimeThatIsLateByLessThanAMinuteIsNotMissed() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(measure("a", hourly()).withMisfire(Misfire.SKIP));
      pass(site, Duration.ofMinutes(60).plusSeconds(59));
      assertThat(awaitStarted(site, "a", 1).skipped()).isZero();
    }
  }

  @Test
  void catchingUpIsBounded() throws Exception {
    try (Site site = site()) {
      site.tasks
          .schedules()
          .create(
              measure("a", Schedule.every(Duration.ofSeconds(1)))
                  .withMisfire(Misfire.ALL)
                  .withOverlap(Overlap.ALLOW));
    }
    clock.advance(Duration.ofSeconds(5_000));
    try (Site site = site()) {
      ScheduleView view = awaitStarted(site, "a", 1_000);
      assertThat(view.next()).isNotNull();
      Signal.awaitUntil(
          "the rest is skipped",
          () -> site.tasks.schedules().find("a").orElseThrow().skipped() == 4_000);
    }
  }

  @Test
  void overlapSkipsTheNewRun() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(held("a", hourly()));
      pass(site, Duration.ofHours(1));
      TaskId first = awaitStarted(site, "a", 1).lastTask();
      pass(site, Duration.ofHours(1));
      ScheduleView view = awaitDue(site, "a", NINE.plusSeconds(7_200));
      assertThat(view.started()).isEqualTo(1);
      assertThat(view.skipped()).isEqualTo(1);
      site.letGo();
      site.awaitEnd(first);
      pass(site, Duration.ofHours(1));
      awaitStarted(site, "a", 2);
    }
  }

  @Test
  void overlapAllowsTheNewRun() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(held("a", hourly()).withOverlap(Overlap.ALLOW));
      pass(site, Duration.ofHours(1));
      awaitStarted(site, "a", 1);
      pass(site, Duration.ofHours(1));
      awaitStarted(site, "a", 2);
      Signal.awaitUntil("both run", () -> site.count("default", TaskState.RUNNING) == 2);
    }
  }

  @Test
  void overlapQueuesTheNewRunAlsoOverARestart() throws Exception {
    Site site = site();
    site.tasks.schedules().create(held("a", hourly()).withOverlap(Overlap.QUEUE));
    for (int hour = 1; hour <= 3; hour++) {
      pass(site, Duration.ofHours(1));
      awaitDue(site, "a", NINE.plusSeconds(3_600 * hour));
    }
    ScheduleView view = site.tasks.schedules().find("a").orElseThrow();
    assertThat(view.started()).isEqualTo(1);
    assertThat(view.waiting()).isEqualTo(2);
    assertThat(site.count("default", TaskState.RUNNING)).isEqualTo(1);
    site.die();

    try (Site again = site()) {
      assertThat(again.tasks.schedules().find("a").orElseThrow().waiting()).isEqualTo(2);
      again.letGo();
      ScheduleView done = awaitStarted(again, "a", 3);
      assertThat(done.waiting()).isZero();
      TaskView last = again.awaitEnd(done.lastTask());
      assertThat(last.uniqueKey()).isEqualTo("a@2026-03-02T12:00:00Z");
      List<TaskView> runs =
          again.tasks.list(TaskFilter.all().withTag("schedule:a"), 10, null).items();
      assertThat(runs).hasSize(3);
    }
  }

  @Test
  void jitterDelaysTheStartAndNotTheTimes() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(measure("a", hourly()).withJitter(Duration.ofMinutes(20)));
      pass(site, Duration.ofMinutes(60));
      assertThat(site.tasks.schedules().next("a", 1)).containsExactly(NINE.plusSeconds(7_200));
      pass(site, Duration.ofMinutes(20));
      ScheduleView view = awaitStarted(site, "a", 1);
      assertThat(view.lastDue()).isEqualTo(NINE.plusSeconds(3_600));
      assertThat(view.next()).isEqualTo(NINE.plusSeconds(7_200));
    }
  }

  @Test
  void runsNowAlsoWhilePaused() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(measure("a", hourly()));
      site.tasks.schedules().pause("a");
      Submitted now = site.tasks.schedules().run("a");
      assertThat(site.awaitEnd(now.id()).tags()).containsExactly("schedule:a");
      pass(site, Duration.ofHours(2));
      ScheduleView view = site.tasks.schedules().resume("a");
      assertThat(view.next()).isEqualTo(NINE.plus(Duration.ofHours(3)));
      assertThat(view.started()).isZero();
    }
  }

  @Test
  void changesWhileItRuns() throws Exception {
    try (Site site = site()) {
      Schedules schedules = site.tasks.schedules();
      schedules.create(measure("a", hourly()));
      pass(site, Duration.ofHours(1));
      site.awaitEnd(awaitStarted(site, "a", 1).lastTask());
      ScheduleView changed = schedules.replace(measure("a", Schedule.cron("30 * * * *")));
      assertThat(changed.next()).isEqualTo(NINE.plusSeconds(5_400));
      assertThat(changed.started()).isEqualTo(1);
      pass(site, Duration.ofMinutes(30));
      awaitStarted(site, "a", 2);
      schedules.remove("a");
      assertThat(schedules.find("a")).isEmpty();
      pass(site, Duration.ofHours(5));
      assertThat(site.count("default", TaskState.SUCCEEDED)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void changesInTheSameMomentNeitherLoseNorDoubleATime() throws Exception {
    try (Site site = site()) {
      Schedules schedules = site.tasks.schedules();
      for (int i = 0; i < 50; i++) {
        schedules.create(
            measure("s" + i, Schedule.every(Duration.ofSeconds(1))).withOverlap(Overlap.ALLOW));
      }
      for (int second = 0; second < 20; second++) {
        pass(site, Duration.ofSeconds(1));
        for (int i = 0; i < 50; i += 7) {
          schedules.replace(
              measure("s" + i, Schedule.every(Duration.ofSeconds(1)))
                  .withOverlap(Overlap.ALLOW)
                  .withMisfire(second % 2 == 0 ? Misfire.ALL : Misfire.ONCE));
        }
      }
      for (int i = 0; i < 50; i++) {
        ScheduleView view = awaitStarted(site, "s" + i, 20);
        assertThat(view.skipped()).isZero();
        assertThat(view.next()).isEqualTo(NINE.plusSeconds(21));
      }
    }
  }

  @Test
  void listsByName() {
    try (Site site = site()) {
      Schedules schedules = site.tasks.schedules();
      for (String name : List.of("c", "a", "b")) {
        schedules.create(measure(name, hourly()));
      }
      SchedulePage first = schedules.list(2, null);
      assertThat(first.items())
          .extracting(view -> view.schedule().name())
          .containsExactly("a", "b");
      SchedulePage second = schedules.list(2, first.next());
      assertThat(second.items()).extracting(view -> view.schedule().name()).containsExactly("c");
      assertThat(second.next()).isNull();
    }
  }

  @Test
  void keepsInStepWithCodeButLeavesThePauseOfPeople() {
    try (Site site = new Site(folder, config -> config, clock)) {
      site.tasks
          .schedules()
          .declare("app", List.of(measure("kept", hourly()), measure("gone", hourly())));
      site.start(Site.measure());
      site.tasks.schedules().pause("kept");
      assertThatThrownBy(() -> site.tasks.schedules().remove("kept"))
          .hasMessageContaining("declared in the code of app");
      assertThatThrownBy(() -> site.tasks.schedules().replace(measure("kept", hourly())))
          .hasMessageContaining("declared in the code of app");
    }
    try (Site site = new Site(folder, config -> config, clock)) {
      site.tasks
          .schedules()
          .declare(
              "app",
              List.of(measure("kept", Schedule.cron("15 * * * *")), measure("new", hourly())));
      site.start(Site.measure());
      Schedules schedules = site.tasks.schedules();
      assertThat(schedules.list(10, null).items())
          .extracting(view -> view.schedule().name())
          .containsExactly("kept", "new");
      ScheduleView kept = schedules.find("kept").orElseThrow();
      assertThat(kept.paused()).isTrue();
      assertThat(kept.owner()).isEqualTo("app");
      assertThat(kept.schedule().timing()).isEqualTo(Schedule.cron("15 * * * *"));
      schedules.create(measure("mine", hourly()));
      assertThatThrownBy(() -> schedules.declare("app", List.of(measure("mine", hourly()))))
          .hasMessageContaining("belongs to people");
      assertThat(schedules.find("kept")).as("nothing was changed").isPresent();
      schedules.declare("app", List.of());
      assertThat(schedules.list(10, null).items()).hasSize(1);
    }
  }

  @Test
  void aTypeThatIsGoneIsSaidAndDoesNotStopTheRest() throws Exception {
    try (Site site = site()) {
      site.tasks.schedules().create(held("a", hourly()));
      site.tasks.schedules().create(measure("b", hourly()));
    }
    try (Site site = new Site(folder, config -> config, clock).start(Site.measure())) {
      pass(site, Duration.ofHours(1));
      awaitStarted(site, "b", 1);
      ScheduleView view = awaitDue(site, "a", NINE.plusSeconds(3_600));
      assertThat(view.error()).contains("no task type 'word.held'");
      assertThat(view.skipped()).isEqualTo(1);
      assertThat(view.next()).isEqualTo(NINE.plusSeconds(7_200));
    }
  }

  @Test
  void refusesWithFieldValueAndRemedy() {
    try (Site site = site()) {
      Schedules schedules = site.tasks.schedules();
      schedules.create(measure("a", hourly()));
      assertRefused(() -> schedules.create(measure("a", hourly())), "/name", "already");
      assertRefused(() -> schedules.remove("b"), "/name", "no schedule 'b'");
      assertRefused(() -> schedules.pause("b"), "/name", "no schedule 'b'");
      assertRefused(() -> schedules.run("b"), "/name", "no schedule 'b'");
      assertRefused(() -> measure("a b", hourly()), "/name", "a b");
      assertRefused(() -> Schedule.cron("61 * * * *"), "/cron", "minute, at character 1: '61'");
      assertRefused(() -> Schedule.every(Duration.ofMillis(5)), "/every", "PT0.005S");
      assertRefused(() -> Schedule.zone("Mars/Base"), "/zone", "Mars/Base");
      assertRefused(
          () -> measure("x", hourly()).withJitter(Duration.ofHours(2)), "/jitter", "PT2H");
      assertRefused(
          () ->
              measure("x", hourly())
                  .withOptions(SubmitOptions.defaults().withDelay(Duration.ofSeconds(1))),
          "/options",
          "delay");
      assertRefused(
          () -> schedules.create(Schedule.of("x", "word.mesure", WORD, hourly())),
          "/type",
          "word.measure");
      assertRefused(
          () ->
              schedules.create(
                  Schedule.of(
                      "x",
                      "word.measure",
                      JsonNodeFactory.instance.objectNode().put("txt", 1),
                      hourly())),
          "/input/txt",
          "does not fit");
      assertRefused(() -> schedules.next("a", 0), "/count", "1 to 100");
      assertRefused(() -> schedules.list(0, null), "/limit", "1 to 200");
      assertRefused(
          () -> schedules.declare("x", List.of(measure("q", hourly()), measure("q", hourly()))),
          "/name",
          "once");
    }
  }

  private static void assertRefused(Runnable work, String pointer, String words) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            TaskException.class,
            refused -> {
              assertThat(refused.pointer()).isEqualTo(pointer);
              assertThat(refused).hasMessageContaining(words);
              assertThat(refused.remedy()).isNotBlank();
            });
  }

  @Test
  void itsTasksExpireAlsoAfterARestart() throws Exception {
    try (Site site = site()) {
      site.tasks.pause(TaskType.IO_QUEUE);
      site.tasks
          .schedules()
          .create(
              measure("hourly", hourly())
                  .withOptions(SubmitOptions.defaults().withExpiry(Duration.ofMinutes(20))));
    }
    try (Site site = site()) {
      pass(site, Duration.ofHours(1));
      ScheduleView view = awaitStarted(site, "hourly", 1);
      assertThat(view.schedule().options().expiry()).isEqualTo(Duration.ofMinutes(20));
      assertThat(site.tasks.find(view.lastTask()).orElseThrow().expiresAt())
          .isEqualTo(NINE.plus(Duration.ofMinutes(80)));
      clock.advance(Duration.ofMinutes(21));
      site.tasks.resume(TaskType.IO_QUEUE);
      assertThat(site.awaitEnd(view.lastTask()).state()).isEqualTo(TaskState.CANCELLED);
    }
  }
}
