package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Instruments;
import dev.millrace.store.Position;
import dev.millrace.store.PositionException;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.store.Tx;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bad days of a write. */
class WritingTest {
  @TempDir Path folder;
  private final AtomicLong skew = new AtomicLong();
  private Store store;

  @BeforeEach
  void open() {
    store =
        Store.open(
            StoreConfig.defaults(folder.resolve("w.db")).withGroup(100, Duration.ofSeconds(5)),
            Instruments.system().withTicker(() -> System.nanoTime() + skew.get()));
    store.write(tx -> {
      tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL)");
      tx.update(
          "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id)"
              + " DEFERRABLE INITIALLY DEFERRED)");
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long count(String table) {
    return store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM " + table));
  }

  private interface Work {
    void run(Tx tx) throws Exception;
  }

  /** Runs works in one group: they are queued while the writer is held. Returns what each threw. */
  private List<Throwable> together(Work... works) throws Exception {
    var held = new Signal("writer held");
    var go = new CountDownLatch(1);
    Thread holder =
        Thread.startVirtualThread(() ->
            store.write(tx -> {
              held.raise();
              awaitQuietly(go);
            }));
    held.await();
    List<AtomicReference<Throwable>> thrown = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Work work : works) {
      var result = new AtomicReference<Throwable>();
      thrown.add(result);
      Thread thread =
          Thread.startVirtualThread(() -> {
            try {
              store.<Exception>write(work::run);
            } catch (Throwable failure) {
              result.set(failure);
            }
          });
      threads.add(thread);
      // Queued in this order: the caller waits once its write is in the queue.
      Signal.awaitUntil("queued", () -> thread.getState() == Thread.State.WAITING);
    }
    go.countDown();
    holder.join();
    for (Thread thread : threads) {
      thread.join();
    }
    List<Throwable> all = new ArrayList<>();
    thrown.forEach(result -> all.add(result.get()));
    return all;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Work insert(int id) {
    return tx -> tx.update("INSERT INTO t (id, v) VALUES (?, 'v')", id);
  }

  @Test
  void takesWaitingWritesIntoOneCommit() throws Exception {
    long before = store.position().number();
    assertThat(together(insert(1), insert(2), insert(3))).containsOnlyNulls();
    assertThat(store.position().number()).isEqualTo(before + 1);
    assertThat(count("t")).isEqualTo(3);
  }

  @Test
  void rollsBackOnlyTheWriteThatThrows() throws Exception {
    var failure = new java.io.IOException("checked");
    List<Throwable> thrown =
        together(
            insert(1),
            tx -> {
              insert(2).run(tx);
              throw failure;
            },
            insert(3));
    assertThat(thrown).containsExactly(null, failure, null);
    assertThat(count("t")).isEqualTo(2);
  }

  @Test
  void keepsTheNeighboursOfAFailureTogether() throws Exception {
    Work failing =
        tx -> {
          throw new IllegalStateException("no");
        };
    long before = store.position().number();
    List<Throwable> thrown =
        together(insert(1), failing, insert(3), insert(4), failing, insert(6), insert(7));
    assertThat(thrown).filteredOn(java.util.Objects::nonNull).hasSize(2);
    // Those up to each failure, then the rest.
    assertThat(store.position().number()).isEqualTo(before + 3);
    assertThat(count("t")).isEqualTo(5);
  }

  @Test
  void runsEachAloneWhenManyFail() throws Exception {
    Work[] works = new Work[12];
    for (int i = 0; i < works.length; i++) {
      int id = i;
      works[i] =
          tx -> {
            insert(id).run(tx);
            if (id % 2 == 0) {
              throw new IllegalStateException("no");
            }
          };
    }
    List<Throwable> thrown = together(works);
    for (int i = 0; i < works.length; i++) {
      assertThat(thrown.get(i) == null).isEqualTo(i % 2 == 1);
    }
    assertThat(count("t")).isEqualTo(6);
  }

  @Test
  void rollsBackOnlyTheWriteThatBreaksAConstraint() throws Exception {
    List<Throwable> thrown =
        together(insert(1), tx -> tx.update("INSERT INTO t (id, v) VALUES (9, NULL)"), insert(3));
    assertThat(thrown.get(1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT))
        .hasMessageContaining("t.v")
        .hasMessageContaining("change the values");
    assertThat(count("t")).isEqualTo(2);
  }

  @Test
  void survivesAStatementThatEndsTheWholeTransaction() throws Exception {
    insertOrThrow(5);
    List<Throwable> thrown =
        together(
            insert(1),
            tx -> tx.update("INSERT OR ROLLBACK INTO t (id, v) VALUES (5, 'again')"),
            insert(3));
    assertThat(thrown.get(0)).isNull();
    assertThat(thrown.get(1)).isInstanceOf(StoreException.class);
    assertThat(thrown.get(2)).isNull();
    assertThat(count("t")).isEqualTo(3);
  }

  @Test
  void failsAWorkThatGoesOnAfterTheTransactionWasEnded() throws Exception {
    insertOrThrow(5);
    List<Throwable> thrown =
        together(
            insert(1),
            tx -> {
              try {
                tx.update("INSERT OR ROLLBACK INTO t (id, v) VALUES (5, 'again')");
              } catch (StoreException swallowed) {
                // As a careless caller would.
              }
              tx.update("INSERT INTO t (id, v) VALUES (6, 'must not stay')");
            },
            tx -> {
              try {
                tx.update("INSERT OR ROLLBACK INTO t (id, v) VALUES (5, 'again')");
              } catch (StoreException swallowed) {
                // And does nothing more.
              }
            });
    assertThat(thrown.get(0)).isNull();
    assertThat(thrown.get(1)).hasMessageContaining("end the transaction");
    assertThat(thrown.get(2)).hasMessageContaining("end the transaction");
    assertThat(count("t")).isEqualTo(2);
  }

  @Test
  void letsAWorkGoOnAfterAConstraintItExpected() {
    insertOrThrow(5);
    store.write(tx -> {
      try {
        tx.update("INSERT INTO t (id, v) VALUES (5, 'again')");
      } catch (StoreException expected) {
        tx.update("UPDATE t SET v = 'updated' WHERE id = 5");
      }
    });
    assertThat(count("t WHERE v = 'updated'")).isEqualTo(1);
  }

  @Test
  void failsOnlyTheWriteWhoseDeferredKeyIsRefusedAtCommit() throws Exception {
    List<Throwable> thrown =
        together(
            insert(1),
            tx -> tx.update("INSERT INTO child (id, t) VALUES (1, 404)"),
            tx -> tx.update("INSERT INTO child (id, t) VALUES (2, 1)"));
    assertThat(thrown.get(0)).isNull();
    assertThat(thrown.get(1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT));
    assertThat(thrown.get(2)).isNull();
    assertThat(count("child")).isEqualTo(1);
  }

  @Test
  void answersAnInterruptedCallerWithItsOutcome() throws Exception {
    var held = new Signal("writer held");
    var go = new CountDownLatch(1);
    Thread holder =
        Thread.startVirtualThread(() ->
            store.write(tx -> {
              held.raise();
              awaitQuietly(go);
            }));
    held.await();
    var position = new AtomicReference<Position>();
    var flag = new AtomicBoolean();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              position.set(store.write(tx -> tx.update("INSERT INTO t VALUES (1, 'x')")));
              flag.set(Thread.currentThread().isInterrupted());
            });
    Signal.awaitUntil("queued", () -> caller.getState() == Thread.State.WAITING);
    caller.interrupt();
    go.countDown();
    caller.join();
    holder.join();
    assertThat(position.get()).isEqualTo(store.position());
    assertThat(flag).isTrue();
    assertThat(count("t")).isEqualTo(1);
  }

  @Test
  void refusesWritesThatFindNoPlaceInTheQueue() throws Exception {
    store.close();
    store =
        Store.open(
            StoreConfig.defaults(folder.resolve("w.db")).withQueue(1, Duration.ofMillis(20)));
    var held = new Signal("writer held");
    var go = new CountDownLatch(1);
    Thread holder =
        Thread.startVirtualThread(() ->
            store.write(tx -> {
              held.raise();
              awaitQuietly(go);
            }));
    held.await();
    var refused = new AtomicReference<StoreException>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int id = i;
      callers.add(
          Thread.startVirtualThread(() -> {
            try {
              insertOrThrow(id);
            } catch (StoreException full) {
              refused.set(full);
            }
          }));
    }
    Signal.awaitUntil("refused", () -> refused.get() != null);
    assertThat(refused.get().reason()).isEqualTo(Reason.LIMIT);
    assertThat(refused.get()).hasMessageContaining("raise queuedWrites");
    go.countDown();
    holder.join();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(count("t")).isBetween(1L, 3L);
  }

  @Test
  void runsActionsOnlyAfterACommitAndOnce() throws Exception {
    var actions = new AtomicInteger();
    Work failing =
        tx -> {
          tx.afterCommit(() -> actions.addAndGet(1_000));
          throw new IllegalStateException("no");
        };
    Work counting = tx -> tx.afterCommit(actions::incrementAndGet);
    Work careless =
        tx ->
            tx.afterCommit(() -> {
              throw new IllegalStateException("after");
            });
    together(counting, failing, counting);
    together(careless, counting);
    assertThat(actions).hasValue(3);
  }

  /** Also of the works that are run again because another one of their group failed. */
  @Test
  void runsActionsAfterEachRollback() throws Exception {
    var begun = new AtomicInteger();
    var undone = new AtomicInteger();
    var order = new ArrayList<String>();
    Work counting =
        tx -> {
          begun.incrementAndGet();
          tx.afterRollback(undone::incrementAndGet);
        };
    Work failing =
        tx -> {
          tx.afterRollback(() -> order.add("first"));
          tx.afterRollback(() -> order.add("last"));
          throw new IllegalStateException("no");
        };
    together(counting, failing, counting);
    assertThat(begun.get() - undone.get()).isEqualTo(2);
    assertThat(order).startsWith("last", "first");
  }

  @Test
  void namesTheCallerOfALongWork() {
    try (var log = new Logged("dev.millrace.store.Writer")) {
      store.write(tx -> skew.addAndGet(Duration.ofSeconds(2).toNanos()));
      assertThat(log.messages())
          .anyMatch(m -> m.contains("held the writer") && m.contains("WritingTest"));
    }
  }

  @Test
  void refusesATransactionAfterItsEndOrOnAnotherThread() throws Exception {
    var kept = new AtomicReference<Tx>();
    store.write(kept::set);
    assertThatThrownBy(() -> kept.get().update("INSERT INTO t VALUES (1, 'x')"))
        .hasMessageContaining("only valid inside its work");
    var thrown = new AtomicReference<Throwable>();
    store.write(tx -> {
      Thread other =
          Thread.startVirtualThread(() -> {
            try {
              tx.number("SELECT 1");
            } catch (StoreException refused) {
              thrown.set(refused);
            }
          });
      try {
        other.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    assertThat(thrown.get()).hasMessageContaining("on its thread");
  }

  @Test
  void refusesWrongStatementsWithTheirText() {
    assertThatThrownBy(() -> store.write(tx -> tx.update("INSERT INTO nowhere VALUES (1)")))
        .hasMessageContaining("no such table: nowhere");
    assertThatThrownBy(() -> store.write(tx -> tx.update("INSERT INTO t VALUES (?, ?)", 1)))
        .hasMessageContaining("2 parameters but 1 arguments");
    assertThatThrownBy(
            () -> store.write(tx -> tx.update("INSERT INTO t VALUES (?, ?)", 1, Duration.ZERO)))
        .hasMessageContaining("argument 2 is a java.time.Duration");
    assertThatThrownBy(() -> store.write(tx -> tx.update("DELETE FROM t; DELETE FROM child")))
        .hasMessageContaining("only one statement");
    assertThatThrownBy(() -> store.write(tx -> tx.update("SELECT 1")))
        .isInstanceOf(StoreException.class);
    assertThat(count("t")).isZero();
  }

  @Test
  void batchesManyRows() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      rows.add(new Object[] {i, "v" + i});
    }
    int changed =
        store.compute(tx -> tx.batch("INSERT INTO t (id, v) VALUES (?, ?)", rows)).value();
    assertThat(changed).isEqualTo(2_500);
    assertThat(count("t")).isEqualTo(2_500);
    rows.set(2, new Object[] {-1});
    assertThatThrownBy(() -> store.write(tx -> tx.batch("UPDATE t SET v = ? WHERE id = ?", rows)))
        .hasMessageContaining("2 parameters but 1 arguments");
    assertThat(store.compute(tx -> tx.batch("UPDATE t SET v = ? WHERE id = ?", List.of())).value())
        .isZero();
  }

  @Test
  void seesNewColumnsInStatementsPreparedBefore() {
    insertOrThrow(1);
    String all = "SELECT * FROM t";
    assertThat(columns(all)).isEqualTo(2);
    store.write(tx -> tx.update("ALTER TABLE t ADD COLUMN more TEXT"));
    assertThat(columns(all)).isEqualTo(3);
  }

  private int columns(String sql) {
    return store
        .<List<Integer>, RuntimeException>read(
            view -> view.query(sql, row -> row.getMetaData().getColumnCount()))
        .getFirst();
  }

  @Test
  void refusesPositionsItDoesNotInclude() {
    Position now = store.position();
    store.require(now);
    assertThatThrownBy(() -> store.require(new Position(now.history(), now.number() + 1)))
        .isInstanceOf(PositionException.class);
    assertThatThrownBy(() -> store.require(new Position(~now.history(), 0)))
        .isInstanceOfSatisfying(
            PositionException.class, e -> assertThat(e.current()).isEqualTo(now));
  }

  @Test
  void refusesWritesAfterClosingButFinishesThoseBefore() throws Exception {
    var held = new Signal("writer held");
    var go = new CountDownLatch(1);
    Thread first =
        Thread.startVirtualThread(() ->
            store.write(tx -> {
              held.raise();
              awaitQuietly(go);
              tx.update("INSERT INTO t VALUES (1, 'x')");
            }));
    held.await();
    Thread closer = Thread.startVirtualThread(store::close);
    Signal.awaitUntil(
        "closing",
        () -> {
          try {
            Thread late = Thread.startVirtualThread(go::countDown);
            late.join();
            store.write(tx -> tx.number("SELECT 1"));
            return false;
          } catch (StoreException closed) {
            return closed.reason() == Reason.CLOSED;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    first.join();
    closer.join();
    open0();
    assertThat(count("t")).isEqualTo(1);
  }

  private void open0() {
    store = Store.open(StoreConfig.defaults(folder.resolve("w.db")));
  }

  private void insertOrThrow(int id) {
    store.write(tx -> tx.update("INSERT INTO t (id, v) VALUES (?, 'v')", id));
  }
}
