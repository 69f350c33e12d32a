package dev.millrace.tasks.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The limit against a service with a fixed number of places, played in simulated time. */
class AutoLimitTest {
  private static final long MILLI = 1_000_000;

  /** A service that serves so many at once and lets the others wait, in order. */
  private static final class Service {
    private final AutoLimit limit;
    private final Random random = new Random(7);
    private final ArrayDeque<long[]> waiting = new ArrayDeque<>();
    private final PriorityQueue<long[]> served =
        new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    private int places;
    private int inside;
    private long now;
    private double spread;
    private long millis = 10;
    private boolean failing;

    Service(AutoLimit limit, int places, double spread) {
      this.limit = limit;
      this.places = places;
      this.spread = spread;
    }

    void run(int tasks) {
      for (int i = 0; i < tasks; i++) {
        while (inside < limit.limit()) {
          inside++;
          waiting.add(new long[] {0, now, inside});
        }
        serve();
        long[] done = served.remove();
        now = done[0];
        inside--;
        limit.ended(done[1], now, (int) done[2], failing && inside >= places);
      }
    }

    private void serve() {
      while (served.size() < places && !waiting.isEmpty()) {
        long[] task = waiting.remove();
        double factor = Math.exp(spread * random.nextGaussian());
        task[0] = now + Math.max(1, (long) (millis * MILLI * factor));
        served.add(task);
      }
    }
  }

  private static AutoLimit limit(int min, int max) {
    return new AutoLimit(new AutoBounds(min, max), InstantSource.system());
  }

  @Test
  void comesNearToTheRoomThereIs() {
    for (int places : new int[] {1, 4, 8, 32}) {
      AutoLimit limit = limit(1, 512);
      new Service(limit, places, 0.3).run(8_000);
      assertThat(limit.limit())
          .as(places + " places")
          .isBetween(places, (int) Math.ceil(places * 1.5 + 2));
    }
  }

  @Test
  void followsTheRoomUpAndDown() {
    AutoLimit limit = limit(1, 512);
    var service = new Service(limit, 4, 0.3);
    service.run(4_000);
    assertThat(limit.limit()).isBetween(4, 8);
    service.places = 16;
    service.run(6_000);
    assertThat(limit.limit()).isBetween(16, 27);
    service.places = 4;
    service.run(4_000);
    assertThat(limit.limit()).isBetween(4, 9);
    assertThat(limit.state().changes()).extracting(LimitChange::why).contains(Why.ROOM, Why.SLOWER);
  }

  @Test
  void isNotHeldBackByTasksOfManyLengths() {
    AutoLimit limit = limit(1, 256);
    new Service(limit, 1_000, 1.2).run(60_000);
    assertThat(limit.limit()).isGreaterThan(100);
  }

  @Test
  void acceptsForGoodWhatHasBecomeSlowForGood() {
    AutoLimit limit = limit(1, 64);
    var service = new Service(limit, 1_000, 0.1);
    service.run(10_000);
    assertThat(limit.limit()).isGreaterThan(50);
    service.millis = 40;
    service.run(20_000);
    assertThat(limit.limit()).isGreaterThan(50);
    assertThat(limit.state().changes()).extracting(LimitChange::why).contains(Why.PROBE);
  }

  @Test
  void isLoweredByFailuresOfOverload() {
    AutoLimit limit = limit(1, 512);
    var service = new Service(limit, 1_000, 0.1);
    service.run(5_000);
    int before = limit.limit();
    service.places = 20;
    service.failing = true;
    service.run(3_000);
    assertThat(limit.limit()).isLessThan(before / 2);
    assertThat(limit.state().changes()).extracting(LimitChange::why).contains(Why.FAILURES);
  }

  @Test
  void staysWithinItsBounds() {
    AutoLimit limit = limit(3, 6);
    new Service(limit, 1, 0.1).run(2_000);
    assertThat(limit.limit()).isBetween(3, 5);
    AutoLimit other = limit(3, 6);
    new Service(other, 100, 0.1).run(2_000);
    assertThat(other.limit()).isEqualTo(6);
    assertThatThrownBy(() -> new AutoBounds(0, 6)).hasMessageContaining("min is 0");
    assertThatThrownBy(() -> new AutoBounds(7, 6)).hasMessageContaining("max is 6");
  }

  @Test
  void tellsWhatItMeasured() {
    AutoLimit limit = limit(1, 64);
    assertThat(limit.state().unhindered()).isNull();
    new Service(limit, 4, 0).run(2_000);
    AutoState state = limit.state();
    assertThat(state.unhindered().toMillis()).isBetween(9L, 11L);
    assertThat(state.latest()).isGreaterThan(state.unhindered());
    assertThat(state.changes().getFirst().to()).isEqualTo(limit.limit());
  }
}
