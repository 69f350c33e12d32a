package dev.millrace.tasks.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ReadyWindowTest {
  record Task(long rank, long key, int weight) implements WindowEntry {
    @Override
    public String lane() {
      return "";
    }
  }

  private static Task task(long rank, long key) {
    return new Task(rank, key, 1);
  }

  private static ReadyWindow<Task> complete(int max) {
    var window = new ReadyWindow<Task>(max, 1_000_000);
    window.endRefill(window.beginRefill(), List.of(), false, _ -> false);
    return window;
  }

  @Test
  void ordersByRankThenKey() {
    var window = complete(10);
    window.offer(task(5, 2));
    window.offer(task(5, 1));
    window.offer(task(3, 9));
    assertThat(window.poll()).isEqualTo(task(3, 9));
    assertThat(window.poll()).isEqualTo(task(5, 1));
    assertThat(window.poll()).isEqualTo(task(5, 2));
    assertThat(window.poll()).isNull();
  }

  @Test
  void holdsNothingBeforeItsFirstRefill() {
    var window = new ReadyWindow<Task>(10, 100);
    window.offer(task(1, 1));
    assertThat(window.poll()).isNull();
    assertThat(window.isComplete()).isFalse();
  }

  @Test
  void dropsLaterHalfWhenFullAndForgetsWhatComesBehindIt() {
    var window = complete(10);
    for (int i = 1; i <= 11; i++) {
      window.offer(task(i, i));
    }
    assertThat(window.size()).isEqualTo(5);
    window.offer(task(6, 6));
    window.offer(task(2, 20));
    assertThat(window.size()).isEqualTo(6);
    assertThat(window.beginRefill()).isNull();
    window.poll();
    assertThat(window.beginRefill()).isEqualTo(new Refill(2, new Place(5, 5), 5, 499_997));
  }

  @Test
  void weightBoundsItToo() {
    var window = new ReadyWindow<Task>(100, 10);
    window.endRefill(window.beginRefill(), List.of(), false, _ -> false);
    for (int i = 1; i <= 4; i++) {
      window.offer(new Task(i, i, 3));
    }
    assertThat(window.size()).isEqualTo(2);
    assertThat(window.isComplete()).isFalse();
  }

  @Test
  void refillSkipsWhatChangedMeanwhileAndKeepsArrivals() {
    var window = new ReadyWindow<Task>(10, 100);
    Refill refill = window.beginRefill();
    window.offer(task(7, 7));
    window.remove(2);
    window.left(3, 3);
    var read = List.of(task(1, 1), task(2, 2), task(3, 3), task(4, 4), task(7, 7));
    window.endRefill(refill, read, false, key -> key == 4);
    assertThat(window.poll()).isEqualTo(task(1, 1));
    assertThat(window.poll()).isEqualTo(task(7, 7));
    assertThat(window.poll()).isNull();
    assertThat(window.isComplete()).isTrue();
  }

  @Test
  void failedRefillIsAskedForAgain() {
    var window = new ReadyWindow<Task>(10, 100);
    Refill refill = window.beginRefill();
    assertThat(window.beginRefill()).isNull();
    window.failRefill(refill);
    assertThat(window.isWanted(refill)).isFalse();
    assertThat(window.beginRefill()).isNotNull();
  }

  /** A store beside the window; whatever order things come in, each task is polled once. */
  @RepeatedTest(10)
  void everyReadyTaskIsTakenExactlyOnceInOrder() {
    Seed.current().run(random -> new Model(random).play());
  }

  private static final class Model {
    private final SplittableRandom random;
    private final ReadyWindow<Task> window = new ReadyWindow<>(8, 1_000);
    private final Map<Long, Task> stored = new HashMap<>();
    private final Set<Long> running = new HashSet<>();
    private final Set<Long> taken = new HashSet<>();
    private long keys;

    private Refill refill;
    private List<Task> read = List.of();
    private boolean more;

    Model(SplittableRandom random) {
      this.random = random;
    }

    void play() {
      for (int i = 0; i < 1_500; i++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> submit();
          case 2, 3 -> poll();
          case 4 -> finish();
          case 5 -> cancel();
          default -> refill();
        }
        assertThat(window.size()).isLessThanOrEqualTo(8);
      }
      while (!stored.isEmpty()) {
        poll();
        finish();
        refill();
      }
      assertThat(window.size()).isZero();
    }

    private void submit() {
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        Task task = task(random.nextInt(50) + keys / 4, ++keys);
        stored.put(task.key(), task);
        window.offer(task);
      }
    }

    private void poll() {
      Task task = window.poll();
      if (task == null) {
        return;
      }
      assertThat(stored).containsEntry(task.key(), task);
      assertThat(taken.add(task.key())).as("%s is taken once", task).isTrue();
      running.add(task.key());
      // Nothing within the horizon is passed over: the window's own tasks all come later.
      stored.values().stream()
          .filter(other -> !running.contains(other.key()))
          .forEach(other ->
              assertThat(new Place(other.rank(), other.key()))
                  .isGreaterThan(new Place(task.rank(), task.key())));
    }

    private void finish() {
      if (running.isEmpty()) {
        return;
      }
      long key = List.copyOf(running).get(random.nextInt(running.size()));
      running.remove(key);
      Task task = stored.remove(key);
      if (random.nextInt(3) == 0) {
        // An attempt failed, and the task is ready again with another place.
        window.left(task.rank(), key);
        taken.remove(key);
        Task again = task(task.rank() + random.nextInt(60), key);
        stored.put(key, again);
        window.offer(again);
      } else {
        window.left(task.rank(), key);
      }
    }

    private void cancel() {
      var waiting = new ArrayList<>(stored.keySet());
      waiting.removeAll(running);
      if (!waiting.isEmpty()) {
        long key = waiting.get(random.nextInt(waiting.size()));
        stored.remove(key);
        window.remove(key);
      }
    }

    private void refill() {
      if (refill == null) {
        refill = window.beginRefill();
        if (refill != null) {
          var behind = new TreeMap<Place, Task>();
          stored.values().forEach(task -> behind.put(new Place(task.rank(), task.key()), task));
          read =
              behind.tailMap(refill.after(), false).values().stream()
                  .limit(refill.tasks())
                  .toList();
          more = read.size() == refill.tasks();
        }
      } else {
        window.endRefill(refill, read, more, running::contains);
        refill = null;
      }
    }
  }
}
