package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.tasks.adaptive.AutoBounds;
import dev.millrace.tasks.adaptive.AutoState;
import dev.millrace.tasks.adaptive.LimitChange;
import dev.millrace.tasks.adaptive.Why;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues that find out how many of their tasks run at once. */
class AutoConcurrencyTest {
  @TempDir Path folder;

  private final Semaphore places = new Semaphore(4, true);
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicLong served = new AtomicLong(2_000_000);
  private volatile boolean stopped;

  /** Calls a service that serves as many at once as it has places, and lets the others wait. */
  private TaskType<Word, Length> call() {
    return TaskType.io(
        "call",
        Word.class,
        Length.class,
        (_, _) -> {
          if (stopped) {
            return null;
          }
          places.acquire();
          try {
            long until = System.nanoTime() + served.get();
            while (System.nanoTime() - until < 0) {
              LockSupport.parkNanos(until - System.nanoTime());
            }
          } finally {
            places.release();
            done.incrementAndGet();
          }
          return null;
        });
  }

  private static QueueView view(Site site) {
    return site.tasks.queues().stream()
        .filter(queue -> queue.name().equals("default"))
        .findFirst()
        .orElseThrow();
  }

  private static AutoState auto(Site site) {
    return view(site).auto();
  }

  private void submit(Site site, int count) {
    for (int left = count; left > 0; left -= 10_000) {
      site.tasks.submitAll(
          call(),
          Collections.nCopies(Math.min(left, 10_000), new Word("x")),
          SubmitOptions.defaults());
    }
  }

  private void awaitDone(int more) throws InterruptedException {
    int target = done.get() + more;
    Signal.awaitUntil(target + " calls", () -> done.get() >= target);
  }

  @Test
  void comesNearToTheRoomAndFollowsIt() throws Exception {
    try (var site = new Site(folder).start(call())) {
      site.tasks.autoConcurrency("default", AutoBounds.DEFAULT);
      submit(site, 40_000);
      awaitDone(4_000);
      assertThat(view(site).concurrency()).isBetween(4, 12);
      places.release(16);
      awaitDone(12_000);
      assertThat(view(site).concurrency()).isBetween(16, 44);
      assertThat(auto(site).changes()).extracting(LimitChange::why).contains(Why.ROOM);
      assertThat(auto(site).unhindered()).isGreaterThan(Duration.ofMillis(1));
      stopped = true;
    }
  }

  @Test
  void isLoweredByTimeLimitsAndOverload() throws Exception {
    var failing = new AtomicInteger();
    var type =
        TaskType.io(
                "overloaded",
                Word.class,
                Length.class,
                (_, _) -> {
                  Thread.sleep(2);
                  if (failing.get() > 0) {
                    failing.decrementAndGet();
                    throw new Overload("429");
                  }
                  return null;
                })
            .withRetry(RetryPolicy.defaults().withAttempts(1));
    try (var site = new Site(folder).start(type)) {
      site.tasks.autoConcurrency("default", new AutoBounds(1, 64));
      List<Word> words = Collections.nCopies(10_000, new Word("x"));
      site.tasks.submitAll(type, words, SubmitOptions.defaults());
      Signal.awaitUntil("room is used", () -> view(site).concurrency() >= 16);
      failing.set(3_000);
      Signal.awaitUntil(
          "failures lower it",
          () -> auto(site).changes().stream().anyMatch(change -> change.why() == Why.FAILURES));
      site.tasks.pause("default");
    }
  }

  @Test
  void isKeptOverARestartUntilANumberIsSet() throws Exception {
    try (var site = new Site(folder).start(call())) {
      site.tasks.autoConcurrency("default", new AutoBounds(3, 9));
      assertThat(auto(site).bounds()).isEqualTo(new AutoBounds(3, 9));
    }
    try (var site = new Site(folder).start(call())) {
      assertThat(auto(site).bounds()).isEqualTo(new AutoBounds(3, 9));
      assertThat(view(site).concurrency()).isEqualTo(3);
      site.tasks.limitConcurrency("default", 7);
      assertThat(auto(site)).isNull();
      assertThat(view(site).concurrency()).isEqualTo(7);
    }
    try (var site = new Site(folder).start(call())) {
      assertThat(auto(site)).isNull();
      assertThat(view(site).concurrency()).isEqualTo(7);
    }
  }

  @Test
  void isOffByAWordAndOnForQueuesOfTheConfiguration() throws Exception {
    try (var site =
        new Site(
                folder,
                c -> c.withAdaptive(AdaptiveConfig.DEFAULT.withAutoQueues(Set.of("default"))))
            .start(call())) {
      submit(site, 1);
      assertThat(auto(site).bounds()).isEqualTo(AutoBounds.DEFAULT);
      site.tasks.autoConcurrency("default", new AutoBounds(2, 5));
    }
    try (var site =
        new Site(folder, c -> c.withAdaptive(AdaptiveConfig.DEFAULT.withAutoConcurrency(false)))
            .start(call())) {
      assertThat(auto(site)).isNull();
      assertThat(view(site).concurrency()).isEqualTo(64);
    }
  }
}
