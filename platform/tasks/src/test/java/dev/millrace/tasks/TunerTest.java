package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.tasks.adaptive.TuningState;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials with queues that have more to do than they get done. */
class TunerTest {
  private static final Duration WINDOW = Duration.ofMillis(300);

  @TempDir Path folder;

  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean stopped;

  /** Waits, longer the more there are if more than {@code room} are inside. */
  private TaskType<Word, Length> waits(int room) {
    return TaskType.io(
        "waits",
        Word.class,
        Length.class,
        (_, _) -> {
          if (stopped) {
            return null;
          }
          int now = inside.incrementAndGet();
          try {
            Thread.sleep(now > room ? 80 : 20);
          } finally {
            inside.decrementAndGet();
          }
          return null;
        });
  }

  private Site site(boolean on, TaskType<Word, Length> type) {
    Site site =
        new Site(
                folder,
                c ->
                    c.withConcurrency(4)
                        .withAdaptive(AdaptiveConfig.DEFAULT.withAutoTuning(on, WINDOW)))
            .start(type);
    List<Word> words = Collections.nCopies(10_000, new Word("x"));
    site.tasks.submitAll(type, words, SubmitOptions.defaults());
    return site;
  }

  private static int concurrency(Site site) {
    return site.tasks.queues().getFirst().concurrency();
  }

  private static List<TuningState.Trial> trials(Site site) {
    return site.tasks.adaptive().tuning().trials();
  }

  @Test
  void keepsWhatGains() throws Exception {
    try (var site = site(true, waits(1_000))) {
      Signal.awaitUntil(
          "two trials were kept",
          () -> trials(site).stream().filter(TuningState.Trial::kept).count() >= 2);
      assertThat(concurrency(site)).isGreaterThan(6);
      assertThat(trials(site).getLast().ratio()).isGreaterThan(1.05);
      assertThat(site.tasks.adaptive().tuning().values().getFirst().base()).isEqualTo(4);
      stopped = true;
    }
  }

  @Test
  void undoesWhatHurts() throws Exception {
    try (var site = site(true, waits(4))) {
      Signal.awaitUntil("a trial is over", () -> !trials(site).isEmpty());
      TuningState.Trial trial = trials(site).getLast();
      assertThat(trial.tried()).isEqualTo(6);
      assertThat(trial.kept()).isFalse();
      assertThat(trial.ratio()).isLessThan(0.9);
      Signal.awaitUntil("it runs as many as before", () -> concurrency(site) == 4);
      stopped = true;
    }
  }

  @Test
  void leavesAloneWhatSomebodyHasSet() throws Exception {
    try (var site = site(true, waits(1_000))) {
      Signal.awaitUntil("a trial goes on", () -> concurrency(site) != 4);
      site.tasks.limitConcurrency("default", 5);
      Signal.awaitUntil(
          "it is broken off", () -> site.tasks.adaptive().tuning().values().isEmpty());
      assertThat(concurrency(site)).isEqualTo(5);
      stopped = true;
    }
  }

  @Test
  void isOffByAWord() throws Exception {
    try (var site = site(false, waits(1_000))) {
      assertThat(site.tasks.adaptive().tuning().on()).isFalse();
      Signal.awaitUntil("some have run", () -> site.count("default", TaskState.SUCCEEDED) >= 200);
      assertThat(concurrency(site)).isEqualTo(4);
      stopped = true;
    }
  }
}
