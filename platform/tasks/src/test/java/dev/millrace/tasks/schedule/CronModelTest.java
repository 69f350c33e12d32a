package dev.millrace.tasks.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random rules against a model that looks at every second, one after the other. */
class CronModelTest {
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Santiago",
          "Africa/Casablanca",
          "Asia/Shanghai",
          "Asia/Kolkata",
          "Pacific/Apia",
          "UTC");

  /** A rule as the sets of values that it was written from; empty is every value. */
  private record Model(
      Set<Integer> seconds,
      Set<Integer> minutes,
      Set<Integer> hours,
      Set<Integer> days,
      Set<Integer> months,
      Set<Integer> weekdays) {

    String rule() {
      return String.join(
          " ", text(seconds), text(minutes), text(hours), text(days), text(months), text(weekdays));
    }

    private static String text(Set<Integer> values) {
      return values.isEmpty()
          ? "*"
          : String.join(",", values.stream().map(String::valueOf).toList());
    }

    boolean matches(LocalDateTime at) {
      return has(seconds, at.getSecond())
          && has(minutes, at.getMinute())
          && has(hours, at.getHour())
          && has(months, at.getMonthValue())
          && dayMatches(at);
    }

    private boolean dayMatches(LocalDateTime at) {
      boolean day = has(days, at.getDayOfMonth());
      boolean weekday = has(weekdays, at.getDayOfWeek().getValue() % 7);
      return days.isEmpty() || weekdays.isEmpty() ? day && weekday : day || weekday;
    }

    private static boolean has(Set<Integer> values, int value) {
      return values.isEmpty() || values.contains(value);
    }
  }

  @Test
  void agreesWithLookingAtEverySecond() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 60; i++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Model model = model(random);
            Instant from = from(random, zone.getRules());
            Instant to = from.plus(Duration.ofHours(36));
            String what = model.rule() + " in " + zone + " from " + from;
            List<Instant> expected = expected(model, zone.getRules(), from, to);
            Cron cron = Cron.parse(model.rule());
            var actual = new ArrayList<Instant>();
            Instant at = cron.next(from, zone, Instant.EPOCH);
            while (at != null && at.isBefore(to)) {
              actual.add(at);
              at = cron.next(at, zone, Instant.EPOCH);
            }
            assertThat(actual).as(what).isEqualTo(expected);
          }
        });
  }

  /** Around a change of clocks, most of the time. */
  private static Instant from(SplittableRandom random, ZoneRules rules) {
    Instant any = Instant.parse("2011-01-01T00:00:00Z").plusSeconds(random.nextLong(500_000_000));
    ZoneOffsetTransition change = rules.nextTransition(any);
    return change == null || random.nextInt(4) == 0
        ? any
        : change.getInstant().minusSeconds(random.nextLong(100_000));
  }

  private static Model model(SplittableRandom random) {
    return new Model(
        some(random, 0, 59, 0.2),
        some(random, 0, 59, 0.3),
        random.nextBoolean() ? some(random, 0, 5, 0.3) : some(random, 0, 23, 0.5),
        some(random, 1, 28, 0.8),
        some(random, 1, 12, 0.9),
        some(random, 0, 6, 0.7));
  }

  private static Set<Integer> some(SplittableRandom random, int min, int max, double every) {
    var values = new HashSet<Integer>();
    if (random.nextDouble() >= every) {
      int count = random.nextInt(1, 4);
      for (int i = 0; i < count; i++) {
        values.add(random.nextInt(min, max + 1));
      }
    }
    return values;
  }

  private static List<Instant> expected(Model model, ZoneRules rules, Instant from, Instant to) {
    boolean everyHour = model.hours.isEmpty();
    var expected = new ArrayList<Instant>();
    Instant second = from.plusSeconds(1);
    for (Instant at = second; at.isBefore(to); at = at.plusSeconds(1)) {
      LocalDateTime local = LocalDateTime.ofInstant(at, rules.getOffset(at));
      boolean due = model.matches(local);
      if (!everyHour) {
        ZoneOffsetTransition change = rules.getTransition(local);
        boolean again =
            change != null
                && change.isOverlap()
                && !rules.getOffset(at).equals(change.getOffsetBefore());
        due = (due && !again) || endsAGapWithATimeInIt(model, rules, at);
      }
      if (due) {
        expected.add(at);
      }
    }
    return expected;
  }

  private static boolean endsAGapWithATimeInIt(Model model, ZoneRules rules, Instant at) {
    ZoneOffsetTransition change = rules.nextTransition(at.minusSeconds(1));
    if (change == null || !change.getInstant().equals(at) || !change.isGap()) {
      return false;
    }
    for (LocalDateTime local = change.getDateTimeBefore();
        local.isBefore(change.getDateTimeAfter());
        local = local.plusSeconds(1)) {
      if (model.matches(local)) {
        return true;
      }
    }
    return false;
  }
}
