package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.CommitShare;
import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.store.Tx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreConfig.defaults(folder.resolve("test.db")));
    store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsWhatWasWritten() {
    Position before = store.position();
    Position at = store.write(tx -> tx.update("INSERT INTO t (id, v) VALUES (?, ?)", 1, "one"));
    assertThat(at.includes(before)).isTrue();
    assertThat(at).isEqualTo(store.position());
    assertThat(
            store.<String, RuntimeException>read(view ->
                view.find("SELECT v FROM t WHERE id = ?", r -> r.getString(1), 1).orElseThrow()))
        .isEqualTo("one");
    assertThat(store.<Position, RuntimeException>read(Snapshot::position)).isEqualTo(at);
  }

  @Test
  void keepsEverythingAfterReopening() {
    Position at = store.write(tx -> tx.update("INSERT INTO t (id, v) VALUES (1, 'x')"));
    store.close();
    store = Store.open(StoreConfig.defaults(folder.resolve("test.db")));
    assertThat(store.position()).isEqualTo(at);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void groupsConcurrentWrites() throws Exception {
    var numbers = new ConcurrentSkipListSet<Long>();
    var actions = Collections.synchronizedList(new ArrayList<Integer>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        int id = i;
        calls.add(() -> {
          Position at =
              store.write(tx -> {
                tx.update("INSERT INTO t (id, v) VALUES (?, ?)", id, "v" + id);
                tx.afterCommit(() -> actions.add(id));
              });
          numbers.add(at.number());
          return null;
        });
      }
      for (var done : threads.invokeAll(calls)) {
        done.get();
      }
    }
    assertThat(count()).isEqualTo(2_000);
    assertThat(actions).hasSize(2_000);
    assertThat(numbers.size()).isLessThan(2_000);
  }

  @Test
  void rollsBackOnlyTheWriteThatFails() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int id = i;
        calls.add(() -> {
          try {
            store.write(tx -> {
              tx.update("INSERT INTO t (id, v) VALUES (?, ?)", id, "v" + id);
              if (id % 100 == 7) {
                throw new IllegalStateException("no " + id);
              }
            });
            return true;
          } catch (IllegalStateException expected) {
            return false;
          }
        });
      }
      int failed = 0;
      for (var done : threads.invokeAll(calls)) {
        failed += done.get() ? 0 : 1;
      }
      assertThat(failed).isEqualTo(5);
    }
    assertThat(count()).isEqualTo(495);
  }

  @Test
  void refusesStatementsThatEndTheTransaction() {
    for (String sql : List.of("COMMIT", "BEGIN", "  /* x */ pragma user_version", "VACUUM")) {
      assertThatThrownBy(() -> store.write(tx -> tx.update(sql)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STATEMENT));
    }
  }

  @Test
  void refusesNestedWrites() {
    assertThatThrownBy(() -> store.write(tx -> store.write(inner -> inner.update("SELECT 1"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("inside a work");
  }

  @Test
  void refusesASecondStoreOnTheFile() {
    assertThatThrownBy(() -> Store.open(StoreConfig.defaults(folder.resolve("test.db"))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
        .hasMessageContaining("in use by this process");
  }

  @Test
  void sharesWithinACommitAreFinishedOnce() {
    class Sum implements CommitShare {
      int sum;

      @Override
      public void finish(Tx tx) {
        tx.update("INSERT INTO t (id, v) VALUES (?, ?)", sum, "sum");
      }
    }
    store.write(tx -> {
      tx.share(Sum.class, _ -> new Sum()).sum += 20;
      tx.share(Sum.class, _ -> new Sum()).sum += 22;
    });
    assertThat(store.<Long, RuntimeException>read(view -> view.number("SELECT id FROM t")))
        .isEqualTo(42);
  }

  private long count() {
    return store.<Long, RuntimeException>read(view -> view.number("SELECT count(*) FROM t"));
  }
}
