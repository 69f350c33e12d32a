package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
  /** Counts for hours unless it is stopped. */
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store =
        Store.open(
            StoreConfig.defaults(folder.resolve("r.db")).withReaders(2, 3, Duration.ofMinutes(5)));
    store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static long count(Snapshot view) {
    return view.number("SELECT count(*) FROM t");
  }

  @Test
  void seesOneStateThroughout() {
    List<Long> counts =
        store.<List<Long>, RuntimeException>read(view -> {
          long before = count(view);
          Position at = view.position();
          // A write of somebody else, begun while this reads.
          Thread other =
              Thread.startVirtualThread(
                  () -> store.write(tx -> tx.update("INSERT INTO t VALUES (1, 'x')")));
          join(other);
          assertThat(view.position()).isEqualTo(at);
          assertThat(store.position().number()).isEqualTo(at.number() + 1);
          return List.of(before, count(view));
        });
    assertThat(counts).containsExactly(0L, 0L);
    assertThat(store.<Long, RuntimeException>read(ReadingTest::count)).isEqualTo(1);
  }

  @Test
  void neverWaitsForTheWriter() throws Exception {
    var held = new Signal("writer held");
    var go = new CountDownLatch(1);
    Thread holder =
        Thread.startVirtualThread(() ->
            store.write(tx -> {
              tx.update("INSERT INTO t VALUES (1, 'x')");
              held.raise();
              join(go);
            }));
    held.await();
    assertThat(store.<Long, RuntimeException>read(ReadingTest::count)).isZero();
    go.countDown();
    holder.join();
  }

  @Test
  void stopsTheQueryOfAnInterruptedCaller() throws Exception {
    var thrown = new AtomicReference<StoreException>();
    var flag = new AtomicBoolean();
    var started = new Signal("query started");
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            store.<Long, RuntimeException>read(view -> {
              started.raise();
              return view.number(ENDLESS);
            });
          } catch (StoreException interrupted) {
            thrown.set(interrupted);
            flag.set(Thread.currentThread().isInterrupted());
          }
        });
    started.await();
    caller.interrupt();
    caller.join();
    assertThat(thrown.get().reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(flag).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(store.<Long, RuntimeException>read(ReadingTest::count)).isZero();
    }
  }

  @Test
  void refusesMoreReadsThanMayWait() throws Exception {
    var go = new CountDownLatch(1);
    var held = List.of(new Signal("reader 1 held"), new Signal("reader 2 held"));
    for (Signal signal : held) {
      Thread.startVirtualThread(() ->
          store.<Long, RuntimeException>read(view -> {
            signal.raise();
            join(go);
            return 0L;
          }));
    }
    for (Signal signal : held) {
      signal.await();
    }
    List<Thread> waiting =
        List.of(
            Thread.startVirtualThread(() -> store.<Long, RuntimeException>read(ReadingTest::count)),
            Thread.startVirtualThread(() -> store.<Long, RuntimeException>read(ReadingTest::count)),
            Thread.startVirtualThread(
                () -> store.<Long, RuntimeException>read(ReadingTest::count)));
    for (Thread thread : waiting) {
      Signal.awaitUntil("queued", () -> thread.getState() == Thread.State.WAITING);
    }
    assertThatThrownBy(() -> store.<Long, RuntimeException>read(ReadingTest::count))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
        .hasMessageContaining("queuedReads");
    go.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
  }

  @Test
  void canQueryInsideAQuery() {
    store.write(tx -> tx.update("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"));
    String sql = "SELECT id FROM t ORDER BY id";
    List<List<Long>> nested =
        store.<List<List<Long>>, RuntimeException>read(
            view -> view.query(sql, row -> view.query(sql, inner -> inner.getLong(1))));
    assertThat(nested).hasSize(3).allSatisfy(ids -> assertThat(ids).containsExactly(1L, 2L, 3L));
  }

  @Test
  void refusesWritesOnASnapshot() {
    assertThatThrownBy(() ->
            store.read(view -> view.query("INSERT INTO t VALUES (9, 'x') RETURNING id", r -> 1)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.READ_ONLY));
    assertThatThrownBy(() -> store.read(view -> store.write(tx -> {})))
        .hasMessageContaining("inside a work");
    assertThatThrownBy(() -> store.read(view -> store.read(ReadingTest::count)))
        .hasMessageContaining("inside a work");
  }

  @Test
  void tellsMissingAndManyRows() {
    store.write(tx -> tx.update("INSERT INTO t VALUES (1, NULL), (2, 'b')"));
    assertThatThrownBy(() -> store.read(view -> view.find("SELECT id FROM t", r -> r.getLong(1))))
        .hasMessageContaining("found 2");
    assertThatThrownBy(() -> store.read(view -> view.number("SELECT id FROM t WHERE id = 99")))
        .hasMessageContaining("found none");
    assertThat(
            store.<Boolean, RuntimeException>read(
                view -> view.find("SELECT id FROM t WHERE id = 99", r -> 1).isEmpty()))
        .isTrue();
  }

  @Test
  void keepsTheExceptionOfTheWork() {
    var failure = new java.io.IOException("mine");
    assertThatThrownBy(() ->
            store.read(view -> {
              throw failure;
            }))
        .isSameAs(failure);
  }

  @Test
  void endsRunningReadsAndRefusesLaterOnesWhenClosed() throws Exception {
    var started = new Signal("query started");
    var thrown = new AtomicReference<StoreException>();
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            store.<Long, RuntimeException>read(view -> {
              started.raise();
              return view.number(ENDLESS);
            });
          } catch (StoreException closed) {
            thrown.set(closed);
          }
        });
    started.await();
    store.close();
    caller.join();
    assertThat(thrown.get().reason()).isEqualTo(Reason.CLOSED);
    assertThatThrownBy(() -> store.<Long, RuntimeException>read(ReadingTest::count))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
