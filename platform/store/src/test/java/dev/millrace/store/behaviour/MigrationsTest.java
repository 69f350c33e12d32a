package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Migrations;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  private static final Migrations ONE = Migrations.of("mill", MigrationsTest.class, "0001_mill");
  private static final Migrations TWO =
      Migrations.of("mill", MigrationsTest.class, "0001_mill", "0002_wheel");

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreConfig.defaults(folder.resolve("m.db")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void appliesEachOnceAndGoesOn() {
    store.migrate(ONE);
    store.migrate(ONE);
    store.migrate(TWO);
    store.write(tx -> tx.update("INSERT INTO mill (name) VALUES ('a')"));
    // The trigger of the second migration was installed as one statement.
    assertThat(store.<Long, RuntimeException>read(v -> v.number("SELECT sum(turns) FROM wheel")))
        .isEqualTo(2);
  }

  @Test
  void refusesTablesOfANewerVersion() {
    store.migrate(TWO);
    assertThatThrownBy(() -> store.migrate(ONE))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NEWER_VERSION))
        .hasMessageContaining("0002_wheel")
        .hasMessageContaining("newer version");
  }

  @Test
  void refusesAnAppliedOneThatWasChanged() {
    store.migrate(ONE);
    store.write(tx -> tx.update("UPDATE millrace_migrations SET checksum = 'other'"));
    assertThatThrownBy(() -> store.migrate(ONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("applied with other text");
  }

  @Test
  void leavesNothingOfOneThatFails() {
    Migrations broken = Migrations.of("broken", MigrationsTest.class, "0001_broken");
    assertThatThrownBy(() -> store.migrate(broken))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("migration 0001_broken of broken failed");
    assertThat(
            store.<Long, RuntimeException>read(
                v -> v.number("SELECT count(*) FROM sqlite_master WHERE name = 'half'")))
        .isZero();
  }

  @Test
  void refusesNamesOutOfOrderAndMissingFiles() {
    assertThatThrownBy(() -> Migrations.of("x", MigrationsTest.class, "0002_wheel"))
        .hasMessageContaining("0001_what_it_does");
    assertThatThrownBy(() -> store.migrate(Migrations.of("x", MigrationsTest.class, "0001_none")))
        .hasMessageContaining("0001_none.sql is missing");
  }
}
