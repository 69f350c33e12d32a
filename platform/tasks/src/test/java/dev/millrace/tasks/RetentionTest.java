package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));

  private static TaskType<Word, Length> named(String name) {
    return TaskType.io(
        name, Word.class, Length.class, (_, word) -> new Length(word.text().length()));
  }

  private Site site(TaskType<?, ?>... types) {
    return new Site(folder, c -> c.withHistory(Duration.ofDays(2), 1_000_000), clock).start(types);
  }

  private static TaskId run(Site site, TaskType<Word, Length> type) throws Exception {
    TaskId id = site.tasks.submit(type, new Word("x"), SubmitOptions.defaults().withTags("t")).id();
    site.awaitEnd(id);
    return id;
  }

  private static List<Integer> days(Site site) {
    return site.store.<List<Integer>, RuntimeException>read(
        view -> view.query("SELECT day FROM task_buckets ORDER BY day", row -> row.getInt(1)));
  }

  @Test
  void typesLeaveTheSameDayAtTimesOfTheirOwn() throws Exception {
    var brief = named("brief").withRetention(Duration.ofHours(1));
    var usual = named("usual");
    var lasting = named("lasting").withRetention(Duration.ofDays(10));
    try (var site = site(brief, usual, lasting)) {
      TaskId one = run(site, brief);
      TaskId two = run(site, usual);
      TaskId three = run(site, lasting);
      clock.advance(Duration.ofMinutes(59));
      TaskId later = run(site, brief);
      site.tasks.purgeNow();
      assertThat(site.tasks.find(one)).isPresent();

      clock.advance(Duration.ofMinutes(2));
      site.tasks.purgeNow();
      assertThat(site.tasks.find(one)).isEmpty();
      assertThat(site.tasks.find(later)).isPresent();
      assertThat(site.tasks.find(two)).isPresent();
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(3);
      assertThat(site.tasks.list(TaskFilter.all().withTag("t"), 10, null).items()).hasSize(3);

      clock.advance(Duration.ofDays(3));
      site.tasks.purgeNow();
      assertThat(site.tasks.find(later)).isEmpty();
      assertThat(site.tasks.find(two)).isEmpty();
      assertThat(site.tasks.find(three)).isPresent();
      assertThat(days(site)).containsExactly(20261120, 20261123);

      clock.advance(Duration.ofDays(8));
      site.tasks.purgeNow();
      assertThat(site.tasks.find(three)).isEmpty();
      assertThat(days(site)).containsExactly(20261201);
      assertThat(site.count("default", TaskState.SUCCEEDED)).isZero();
    }
  }

  @Test
  void resultsGoBeforeTheirTasks() throws Exception {
    var type = named("answering").withResultRetention(Duration.ofMinutes(30));
    var usual = named("usual");
    try (var site = site(type, usual)) {
      TaskId old = run(site, type);
      TaskId other = run(site, usual);
      clock.advance(Duration.ofMinutes(20));
      TaskId fresh = run(site, type);
      clock.advance(Duration.ofMinutes(11));
      site.tasks.purgeNow();
      assertThat(site.tasks.find(old).orElseThrow().output()).isNull();
      assertThat(site.tasks.find(old).orElseThrow().state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.find(old).orElseThrow().input()).isNotNull();
      assertThat(site.tasks.find(fresh).orElseThrow().output()).isNotNull();
      assertThat(site.tasks.find(other).orElseThrow().output()).isNotNull();

      clock.advance(Duration.ofMinutes(20));
      site.tasks.purgeNow();
      assertThat(site.tasks.find(fresh).orElseThrow().output()).isNull();
      assertThat(site.tasks.find(other).orElseThrow().output()).isNotNull();
    }
  }

  @Test
  void tellsUntilWhenATaskIsKept() throws Exception {
    var own =
        named("own").withRetention(Duration.ofDays(5)).withResultRetention(Duration.ofHours(2));
    var usual = named("usual");
    var late = named("late.one");
    try (var site =
        new Site(
                folder,
                c ->
                    c.withHistory(Duration.ofDays(2), 1_000_000)
                        .withRetentions(Map.of("late.*", new Retention(Duration.ofDays(50), null))),
                clock)
            .start(own, usual, late)) {
      Instant end = clock.instant();
      assertThat(kept(site, run(site, own)))
          .isEqualTo(new Kept(end.plus(Duration.ofDays(5)), end.plus(Duration.ofHours(2))));
      assertThat(kept(site, run(site, usual)))
          .isEqualTo(new Kept(Instant.parse("2026-11-23T00:00:00Z"), null));
      assertThat(kept(site, run(site, late)).task()).isEqualTo(end.plus(Duration.ofDays(50)));
    }
  }

  private static Kept kept(Site site, TaskId id) {
    return site.tasks.kept(site.tasks.find(id).orElseThrow());
  }

  @Test
  void manyLeaveInPiecesThatHoldTheWriterBriefly() throws Exception {
    var brief = named("brief").withRetention(Duration.ofMinutes(1));
    var usual = named("usual");
    try (var site = site(brief, usual)) {
      List<Word> words = Collections.nCopies(3_000, new Word("x"));
      TaskId last = null;
      for (var type : List.of(brief, usual)) {
        for (TaskId id : site.tasks.submitAll(type, words, SubmitOptions.defaults()).ids()) {
          site.awaitEnd(id);
          last = id;
        }
      }
      long before = site.store.position().number();
      clock.advance(Duration.ofMinutes(2));
      site.tasks.purgeNow();
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(3_000);
      assertThat(site.tasks.find(last)).isPresent();
      assertThat(site.store.position().number() - before).isGreaterThanOrEqualTo(12);
    }
  }

  @Test
  void refusesTimesThatAreTooShort() {
    assertThatThrownBy(() -> named("x").withRetention(Duration.ofSeconds(59)))
        .hasMessageContaining("PT59S")
        .hasMessageContaining("at least PT1M");
  }
}
