package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final int ROWS = 30_000;

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreConfig.defaults(folder.resolve("m.db")));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new Object[] {i, "value " + i});
    }
    store.write(tx -> {
      tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
      tx.batch("INSERT INTO t VALUES (?, ?)", rows);
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void deletesInManySmallCommits() {
    long before = store.position().number();
    assertThat(store.deleteInPieces("t", "id >= ?", 1_000)).isEqualTo(ROWS - 1_000);
    assertThat(store.position().number() - before).isGreaterThan(3);
    assertThat(store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM t")))
        .isEqualTo(1_000);
    assertThat(store.deleteInPieces("t", "id >= ?", 1_000)).isZero();
    assertThatThrownBy(() -> store.deleteInPieces("t; --", "1 = 1"))
        .hasMessageContaining("no name of a table");
  }

  @Test
  void deletesInPiecesWhereRowsHaveNoNumbers() {
    store.write(tx -> {
      tx.update(
          "CREATE TABLE w (a TEXT, \"b c\" INTEGER, v TEXT, PRIMARY KEY (\"b c\", a))"
              + " WITHOUT ROWID");
      tx.update(
          "INSERT INTO w SELECT CASE id % 3 WHEN 0 THEN 'x' ELSE 'y' || id END, id / 3, v FROM t");
    });
    long all = count("w");
    long rest = count("w WHERE \"b c\" < 100");
    long before = store.position().number();
    assertThat(store.deleteInPieces("W", "\"b c\" >= ?", 100)).isEqualTo(all - rest);
    assertThat(store.position().number() - before).isGreaterThan(3);
    assertThat(count("w")).isEqualTo(rest).isEqualTo(300);
    store.dropInPieces("w");
    assertThat(count("sqlite_master WHERE name = 'w'")).isZero();
  }

  private long count(String from) {
    return store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM " + from));
  }

  @Test
  void dropsInPieces() {
    store.dropInPieces("t");
    assertThatThrownBy(() -> store.write(tx -> tx.update("INSERT INTO t VALUES (1, 'x')")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no such table");
  }

  @Test
  void findsNothingWrongWithASoundFile() {
    assertThat(store.check()).isEmpty();
  }
}
