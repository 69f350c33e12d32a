package dev.millrace.tasks.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LanesTest {
  record Task(String lane, long rank, long key) implements WindowEntry {
    @Override
    public int weight() {
      return 1;
    }
  }

  private final Map<String, Integer> weights = new HashMap<>();
  private long keys;

  private Lanes<Task> lanes(int max) {
    return new Lanes<>(max, 1_000_000, name -> weights.getOrDefault(name, 1));
  }

  private void offer(Lanes<Task> lanes, String lane, long rank) {
    lanes.offer(new Task(lane, rank, ++keys));
  }

  private static String served(Lanes<Task> lanes, int count) {
    var served = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Task task = lanes.poll();
      served.append(task == null ? "-" : task.lane());
    }
    return served.toString();
  }

  @Test
  void lanesTakeTurnsAndTheEarlierRankGoesFirstAmongEquals() {
    Lanes<Task> lanes = lanes(100);
    for (int i = 0; i < 5; i++) {
      offer(lanes, "a", 10 + i);
    }
    offer(lanes, "b", 5);
    offer(lanes, "b", 50);
    assertThat(served(lanes, 8)).isEqualTo("baabaaa-");
  }

  @Test
  void startsAreSharedByWeight() {
    weights.put("a", 3);
    weights.put("c", 2);
    Lanes<Task> lanes = lanes(10_000);
    for (int i = 0; i < 600; i++) {
      offer(lanes, "a", i);
      offer(lanes, "b", i);
      offer(lanes, "c", i);
    }
    String served = served(lanes, 600);
    assertThat(served.chars().filter(c -> c == 'a').count()).isBetween(298L, 302L);
    assertThat(served.chars().filter(c -> c == 'b').count()).isBetween(98L, 102L);
    assertThat(served.chars().filter(c -> c == 'c').count()).isBetween(198L, 202L);
  }

  @Test
  void laneThatWasAwayGetsNothingForItAndNoneGainsByComingBack() {
    Lanes<Task> lanes = lanes(1_000);
    for (int i = 0; i < 300; i++) {
      offer(lanes, "a", i);
    }
    offer(lanes, "b", 0);
    assertThat(served(lanes, 100)).containsOnlyOnce("b");
    // Of b there is never more than one, and it comes back at once: still every other start.
    int ofB = 0;
    offer(lanes, "b", 1_000);
    for (int i = 0; i < 100; i++) {
      Task task = lanes.poll();
      if (task.lane().equals("b")) {
        ofB++;
        offer(lanes, "b", 1_000 + i);
      }
    }
    assertThat(ofB).isBetween(49, 51);
  }

  @Test
  void interruptedTasksGoBeforeAllLanes() {
    Lanes<Task> lanes = lanes(100);
    offer(lanes, "a", 3);
    offer(lanes, "b", 4);
    offer(lanes, "b", 0);
    offer(lanes, "b", 0);
    assertThat(served(lanes, 4)).isEqualTo("bbab");
  }

  @Test
  void dropsLanesThatAreEmptyAndDividesTheBound() {
    Lanes<Task> lanes = lanes(100);
    for (int i = 0; i < 100; i++) {
      offer(lanes, "a", i);
    }
    offer(lanes, "b", 500);
    assertThat(lanes.size()).isEqualTo(26);
    assertThat(lanes.wantsRefill()).isTrue();
    assertThat(lanes.beginRefills(10)).extracting(LaneRefill::lane).containsExactly("a");
    assertThat(served(lanes, 2)).isEqualTo("ab");
    assertThat(lanes.names()).containsExactly("a");
  }

  /** A store beside the lanes; whatever order things come in, each task is polled once. */
  @RepeatedTest(10)
  void everyReadyTaskIsTakenExactlyOnceAndInOrderWithinItsLane() {
    Seed.current().run(random -> new Model(random).play());
  }

  private final class Model {
    private static final int MAX = 24;
    private final SplittableRandom random;
    private final Lanes<Task> lanes = lanes(MAX);
    private final Map<Long, Task> stored = new HashMap<>();
    private final Set<Long> running = new HashSet<>();
    private final List<LaneRefill> asked = new ArrayList<>();
    private final Map<LaneRefill, List<Task>> reads = new HashMap<>();

    Model(SplittableRandom random) {
      this.random = random;
    }

    void play() {
      for (int i = 0; i < 300; i++) {
        Task task = task();
        stored.put(task.key(), task);
      }
      stored.values().stream().map(Task::lane).distinct().forEach(lanes::expect);
      for (int i = 0; i < 3_000; i++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> submit();
          case 2, 3 -> poll();
          case 4 -> finish();
          case 5 -> cancel();
          default -> refill();
        }
        assertThat(lanes.size()).isLessThanOrEqualTo(Math.max(MAX, Lanes.LEAST * lanes.count()));
      }
      while (!stored.isEmpty()) {
        poll();
        finish();
        refill();
      }
      assertThat(lanes.size()).isZero();
      assertThat(lanes.count()).isZero();
    }

    private Task task() {
      return new Task("t" + random.nextInt(12), random.nextInt(50) + keys / 4, ++keys);
    }

    private void submit() {
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        Task task = task();
        stored.put(task.key(), task);
        lanes.offer(task);
      }
    }

    private void poll() {
      Task task = lanes.poll();
      if (task == null) {
        return;
      }
      assertThat(stored).containsEntry(task.key(), task);
      assertThat(running.add(task.key())).as("%s is taken once", task).isTrue();
      stored.values().stream()
          .filter(other -> other.lane().equals(task.lane()) && !running.contains(other.key()))
          .forEach(other -> assertThat(place(other)).isGreaterThan(place(task)));
    }

    private void finish() {
      if (running.isEmpty()) {
        return;
      }
      long key = List.copyOf(running).get(random.nextInt(running.size()));
      running.remove(key);
      Task task = stored.remove(key);
      lanes.left(task.lane(), task.rank(), key);
      if (random.nextInt(3) == 0) {
        Task again = new Task(task.lane(), task.rank() + random.nextInt(60), key);
        stored.put(key, again);
        lanes.offer(again);
      }
    }

    private void cancel() {
      var waiting = new ArrayList<>(stored.keySet());
      waiting.removeAll(running);
      if (!waiting.isEmpty()) {
        Task task = stored.remove(waiting.get(random.nextInt(waiting.size())));
        lanes.remove(task.lane(), task.key());
      }
    }

    private void refill() {
      for (LaneRefill begun : lanes.beginRefills(random.nextInt(1, 4))) {
        asked.add(begun);
        reads.put(
            begun,
            stored.values().stream()
                .filter(task -> task.lane().equals(begun.lane()))
                .filter(task -> place(task).compareTo(begun.refill().after()) > 0)
                .sorted(Comparator.comparing(LanesTest::place))
                .limit(begun.refill().tasks())
                .toList());
      }
      if (!asked.isEmpty() && random.nextBoolean()) {
        LaneRefill end = asked.remove(random.nextInt(asked.size()));
        List<Task> read = reads.remove(end);
        if (random.nextInt(5) == 0) {
          lanes.failRefill(end);
        } else {
          lanes.endRefill(end, read, read.size() == end.refill().tasks(), running::contains);
        }
      }
    }
  }

  private static Place place(Task task) {
    return new Place(task.rank(), task.key());
  }

  @Test
  void aLaneThatIsHeldIsPassedByAndMakesNothingUp() {
    Lanes<Task> lanes = lanes(100);
    weights.put("a", 0);
    offer(lanes, "a", 1);
    assertThat(lanes.poll()).isNull();
    assertThat(lanes.size()).isEqualTo(1);
    assertThat(lanes.startable()).isZero();
    for (int i = 0; i < 6; i++) {
      offer(lanes, "a", i);
      offer(lanes, "b", i);
    }
    assertThat(lanes.startable()).isEqualTo(6);
    assertThat(served(lanes, 3)).isEqualTo("bbb");
    weights.put("a", 1);
    lanes.hold("a");
    assertThat(lanes.startable()).isEqualTo(10);
    assertThat(served(lanes, 4)).isEqualTo("aaba");
    weights.put("a", 0);
    lanes.hold("a");
    lanes.hold("unknown");
    assertThat(served(lanes, 3)).isEqualTo("bb-");
    weights.put("a", 1);
    lanes.hold("a");
    assertThat(served(lanes, 5)).isEqualTo("aaaa-");
    assertThat(lanes.startable()).isZero();
  }
}
