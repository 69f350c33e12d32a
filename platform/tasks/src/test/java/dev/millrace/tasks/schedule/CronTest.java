package dev.millrace.tasks.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
  private static final Instant ANY = Instant.EPOCH;

  /** The next times after a local time, as local times with their offsets. */
  private static List<String> next(String rule, String zone, String after, int count) {
    ZoneId id = ZoneId.of(zone);
    Instant from = OffsetDateTime.parse(after).toInstant();
    return Cron.parse(rule).next(count, from, id, ANY).stream()
        .map(at -> at.atZone(id).toOffsetDateTime().toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * * * | 2026-03-01T10:00:00 | 2026-03-01T10:00:01",
        "* * * * * | 2026-03-01T10:00:00 | 2026-03-01T10:01:00",
        "*/15 * * * * | 2026-03-01T10:00:00 | 2026-03-01T10:15:00",
        "5/20 * * * * | 2026-03-01T10:06:00 | 2026-03-01T10:25:00",
        "10-40/10 8 * * * | 2026-03-01T08:40:00 | 2026-03-02T08:10:00",
        "0 9 * * MON-FRI | 2026-03-06T09:00:00 | 2026-03-09T09:00:00",
        "0 9 * * mon,wed | 2026-03-02T09:00:00 | 2026-03-04T09:00:00",
        "0 9 * * FRI-MON | 2026-03-02T09:00:00 | 2026-03-06T09:00:00",
        "0 9 * * 5-7 | 2026-03-02T09:00:00 | 2026-03-06T09:00:00",
        "0 9 * * 7 | 2026-03-02T09:00:00 | 2026-03-08T09:00:00",
        "0 9 * * 0 | 2026-03-02T09:00:00 | 2026-03-08T09:00:00",
        "0 22-2 * * * | 2026-03-02T23:30:00 | 2026-03-03T00:00:00",
        "0 0 1 JAN * | 2026-03-02T00:00:00 | 2027-01-01T00:00:00",
        "0 0 1 nov-feb * | 2026-03-02T00:00:00 | 2026-11-01T00:00:00",
        "0 0 29 2 * | 2026-03-01T00:00:00 | 2028-02-29T00:00:00",
        "0 0 29 2 MON | 2028-02-20T12:00:00 | 2028-02-21T00:00:00",
        "0 0 13 * FRI | 2026-03-01T00:00:00 | 2026-03-06T00:00:00",
        "0 0 13 * FRI | 2026-03-06T00:00:00 | 2026-03-13T00:00:00",
        "0 0 13 * ? | 2026-03-06T00:00:00 | 2026-03-13T00:00:00",
        "0 0 ? * MON | 2026-03-06T00:00:00 | 2026-03-09T00:00:00",
        "0 0 L * * | 2026-02-01T00:00:00 | 2026-02-28T00:00:00",
        "0 0 L * * | 2028-02-01T00:00:00 | 2028-02-29T00:00:00",
        "0 0 L-3 * * | 2026-02-01T00:00:00 | 2026-02-25T00:00:00",
        "0 0 LW * * | 2026-05-01T00:00:00 | 2026-05-29T00:00:00",
        "0 0 1W * * | 2026-08-01T00:00:00 | 2026-08-03T00:00:00",
        "0 0 15W * * | 2026-08-01T00:00:00 | 2026-08-14T00:00:00",
        "0 0 15W * * | 2026-11-01T00:00:00 | 2026-11-16T00:00:00",
        "0 0 31W * * | 2026-05-01T00:00:00 | 2026-05-29T00:00:00",
        "0 0 1,15,L * * | 2026-03-15T00:00:00 | 2026-03-31T00:00:00",
        "0 0 * * MON#2 | 2026-03-01T00:00:00 | 2026-03-09T00:00:00",
        "0 0 * * 1#5 | 2026-03-01T00:00:00 | 2026-03-30T00:00:00",
        "0 0 * * FRIL | 2026-03-01T00:00:00 | 2026-03-27T00:00:00",
        "0 0 * * 5L | 2026-03-27T00:00:00 | 2026-04-24T00:00:00",
        "@yearly | 2026-03-01T00:00:00 | 2027-01-01T00:00:00",
        "@annually | 2026-03-01T00:00:00 | 2027-01-01T00:00:00",
        "@monthly | 2026-03-01T00:00:00 | 2026-04-01T00:00:00",
        "@weekly | 2026-03-02T00:00:00 | 2026-03-08T00:00:00",
        "@daily | 2026-03-02T00:00:00 | 2026-03-03T00:00:00",
        "@Midnight | 2026-03-02T00:00:00 | 2026-03-03T00:00:00",
        "@hourly | 2026-03-02T00:00:00 | 2026-03-02T01:00:00",
        "30 15 10 * * * | 2026-03-02T10:15:29.5 | 2026-03-02T10:15:30",
        "30 15 10 * * * | 2026-03-02T10:15:30 | 2026-03-03T10:15:30",
      })
  void findsTheNextTime(String rule, String after, String expected) {
    Instant from = LocalDateTime.parse(after).toInstant(ZoneOffset.UTC);
    assertThat(Cron.parse(rule).next(from, ZoneOffset.UTC, ANY))
        .isEqualTo(LocalDateTime.parse(expected).toInstant(ZoneOffset.UTC));
  }

  @Test
  void aTimeInTheHourThatIsLeftOutIsDueAtItsEnd() {
    assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00+01:00", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00", "2026-03-31T02:30+02:00");
    assertThat(next("*/10 2 * * *", "America/New_York", "2026-03-07T12:00-05:00", 2))
        .containsExactly("2026-03-08T03:00-04:00", "2026-03-09T02:00-04:00");
    assertThat(next("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00+10:30", 2))
        .as("half an hour is left out there")
        .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
    assertThat(next("0 0 * * *", "America/Santiago", "2026-09-05T12:00-04:00", 2))
        .as("midnight itself is left out there")
        .containsExactly("2026-09-06T01:00-03:00", "2026-09-07T00:00-03:00");
  }

  @Test
  void aTimeInTheHourThatComesTwiceIsDueTheFirstTime() {
    assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00+02:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-25T02:10+01:00", 1))
        .as("also when asked within the second one")
        .containsExactly("2026-10-26T02:30+01:00");
    assertThat(next("*/30 1-2 * * *", "America/New_York", "2026-11-01T00:59-04:00", 4))
        .containsExactly(
            "2026-11-01T01:00-04:00",
            "2026-11-01T01:30-04:00",
            "2026-11-01T02:00-05:00",
            "2026-11-01T02:30-05:00");
  }

  @Test
  void aRuleForEveryHourGoesByTheTimeThatPasses() {
    assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-03-29T01:15+01:00", 3))
        .containsExactly(
            "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
    assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-10-25T02:15+02:00", 4))
        .containsExactly(
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:00+01:00");
    assertThat(next("0 * * * *", "Asia/Shanghai", "2026-03-29T01:15+08:00", 1))
        .containsExactly("2026-03-29T02:00+08:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "61 * * * * | minute | 0 | '61' | Use 0 to 59.",
        "* 24 * * * | hour | 2 | '24' | Use 0 to 23.",
        "* * 32 * * | day of month | 4 | '32' | Use 1 to 31, L,",
        "* * 0 * * | day of month | 4 | '0' | Use 1 to 31, L,",
        "* * * JANUARY * | month | 6 | 'JANUARY' | Use 1 to 12 or JAN to DEC.",
        "* * * * MONDAY | day of week | 8 | 'MONDAY' | SUN to SAT",
        "* * * * 8 | day of week | 8 | '8' | SUN to SAT",
        "0,x * * * * | minute | 2 | 'x' | Use 0 to 59.",
        "0,,5 * * * * | minute | 2 | 'nothing' | Write a value between",
        "1-  * * * * | minute | 2 | 'nothing' | Use 0 to 59.",
        "*/0 * * * * | minute | 2 | '0' | Write a step of 1 to 59.",
        "*/x * * * * | minute | 2 | 'x' | Write a step of 1 to 59.",
        "*/ * * * * | minute | 2 | 'nothing' | Write a step of 1 to 59.",
        "-1 * * * * | minute | 0 | 'nothing' | Use 0 to 59.",
        "? * * * * | minute | 0 | '?' | Write *.",
        "* * L-31 * * | day of month | 4 | 'L-31' | Write L-1 to L-30",
        "* * 32W * * | day of month | 4 | '32W' | Write 1W to 31W",
        "* * * * L | day of week | 8 | 'L' | as in FRIL",
        "* * * * MON#6 | day of week | 11 | 'MON#6' | Write #1 to #5",
        "* * * * XL | day of week | 8 | 'X' | SUN to SAT",
        "* * * * | cron | 7 | a rule of 4 fields | as in 0 9 * * MON-FRI",
        "* * * * * * * | cron | 12 | a rule of 7 fields | as in 0 9 * * MON-FRI",
        "@never | cron | 0 | '@never' | Use @yearly",
        "0 0 30 2 * | day of month | 0 | never comes | Name a day",
        "0 0 31 4,6 * | day of month | 0 | never comes | Name a day",
      })
  void saysWhatIsWrongWhereAndWhatToWrite(
      String rule, String field, int position, String value, String remedy) {
    assertThatThrownBy(() -> Cron.parse(rule))
        .isInstanceOfSatisfying(
            TimingException.class,
            refused -> {
              assertThat(refused.field()).isEqualTo(field);
              assertThat(refused.position()).isEqualTo(position);
              assertThat(refused).hasMessageContaining(value);
              assertThat(refused.remedy()).contains(remedy);
            });
  }

  @Test
  void refusesWhatIsTooLongAndOddIntervals() {
    assertThatThrownBy(() -> Cron.parse("0".repeat(300))).hasMessageContaining("300 characters");
    assertThatThrownBy(() -> new Interval(Duration.ofMillis(999)))
        .hasMessageContaining("every")
        .hasMessageContaining("PT0.999S");
    assertThatThrownBy(() -> new Interval(Duration.ofDays(4_000)))
        .isInstanceOf(TimingException.class);
    assertThatThrownBy(() -> new Interval(Duration.ofSeconds(2).plusNanos(1)))
        .isInstanceOf(TimingException.class);
  }

  @Test
  void anIntervalKeepsItsDistanceOverClockChanges() {
    Instant start = Instant.parse("2026-03-29T00:10:00Z");
    assertThat(
            new Interval(Duration.ofMinutes(90)).next(3, start, ZoneId.of("Europe/Berlin"), start))
        .containsExactly(
            Instant.parse("2026-03-29T01:40:00Z"),
            Instant.parse("2026-03-29T03:10:00Z"),
            Instant.parse("2026-03-29T04:40:00Z"));
    assertThat(
            new Interval(Duration.ofHours(1))
                .next(start.minusSeconds(9_000), ZoneOffset.UTC, start))
        .isEqualTo(start.plusSeconds(3_600));
  }

  @Test
  void aMomentComesOnce() {
    Instant at = Instant.parse("2026-03-29T00:10:00Z");
    assertThat(new Moment(at).next(10, at.minusSeconds(1), ZoneOffset.UTC, ANY))
        .containsExactly(at);
    assertThat(new Moment(at).next(at, ZoneOffset.UTC, ANY)).isNull();
  }

  @Test
  void equalsByItsText() {
    assertThat(Cron.parse(" 0 9 * * * "))
        .isEqualTo(Cron.parse("0 9 * * *"))
        .hasSameHashCodeAs(Cron.parse("0 9 * * *"))
        .hasToString("0 9 * * *")
        .isNotEqualTo(Cron.parse("0 8 * * *"));
  }
}
