package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Health;
import dev.millrace.store.Instruments;
import dev.millrace.store.SlowStatement;
import dev.millrace.store.StatementLog;
import dev.millrace.store.StatementSummary;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @TempDir Path folder;
  private final AtomicLong skew = new AtomicLong();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T10:00:00Z"));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path file;
  private Store store;

  @BeforeEach
  void open() {
    file = folder.resolve("watched.db");
    store =
        Store.open(
            StoreConfig.defaults(file)
                .withWal(100, 1 << 20)
                .withStatementLog(50, Duration.ofMillis(100), 3),
            Instruments.system()
                .withClock(clock)
                .withMeters(meters)
                .withTicker(() -> System.nanoTime() + skew.get()));
    store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(int megabytes) {
    String value = "x".repeat(1 << 16);
    for (int i = 0; i < 16 * megabytes; i++) {
      store.write(tx -> tx.update("INSERT INTO t (v) VALUES (?)", value));
    }
  }

  private long logBytes() {
    try {
      return Files.size(Path.of(file + "-wal"));
    } catch (java.io.IOException missing) {
      return 0;
    }
  }

  @Test
  void saysWhoKeepsTheLogFromShrinkingAndShrinksItAfterwards() throws Exception {
    var reading = new Signal("reading");
    var go = new CountDownLatch(1);
    Thread reader =
        Thread.startVirtualThread(() ->
            store.<Long, RuntimeException>read(view -> {
              long count = view.number("SELECT count(*) FROM t");
              reading.raise();
              join(go);
              return count;
            }));
    reading.await();
    write(4);
    Signal.awaitUntil("degraded", () -> store.health().state() == Health.State.DEGRADED);
    assertThat(store.health().findings().getFirst().text())
        .contains("write-ahead log is")
        .contains("WatchTest");
    assertThat(logBytes()).isGreaterThan(3 << 20);
    go.countDown();
    reader.join();
    write(1);
    Signal.awaitUntil("short again", () -> logBytes() < 1 << 20);
    Signal.awaitUntil("well again", () -> store.health().state() == Health.State.OK);
  }

  @Test
  void keepsTheLogShortThoughReadersNeverLeaveAGap() throws Exception {
    var stop = new AtomicBoolean();
    List<Thread> readers =
        List.of(overlapping(stop), overlapping(stop), overlapping(stop), overlapping(stop));
    for (int i = 0; i < 6; i++) {
      write(1);
    }
    Signal.awaitUntil("short", () -> logBytes() < 2 << 20);
    stop.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(store.health().findings()).isEmpty();
  }

  private Thread overlapping(AtomicBoolean stop) {
    return Thread.startVirtualThread(() -> {
      while (!stop.get()) {
        store.<Long, RuntimeException>read(view -> view.number("SELECT count(*) FROM t"));
      }
    });
  }

  @Test
  void stopsAReadThatRunsForTooLong() throws Exception {
    var thrown = new AtomicReference<StoreException>();
    var started = new Signal("started");
    Thread reader =
        Thread.startVirtualThread(() -> {
          try {
            store.<Long, RuntimeException>read(view -> {
              started.raise();
              return view.number(
                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                      + " SELECT count(*) FROM n");
            });
          } catch (StoreException stopped) {
            thrown.set(stopped);
          }
        });
    started.await();
    skew.addAndGet(Duration.ofMinutes(6).toNanos());
    reader.join();
    assertThat(thrown.get().reason()).isEqualTo(Reason.LIMIT);
    assertThat(thrown.get()).hasMessageContaining("PT5M").hasMessageContaining("readLimit");
  }

  @Test
  void noticesAForeignWrite() throws Exception {
    var told = new Signal("told");
    store.onForeignWrite(told::raise);
    write(2);
    assertThat(told.isRaised()).isFalse();
    try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = foreign.createStatement()) {
      statement.execute("INSERT INTO t (v) VALUES ('smuggled')");
    }
    told.await();
    Health health = store.health();
    assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(health.findings().getFirst().text()).contains("another process wrote");
  }

  @Test
  void countsStatementsUnderTheirFingerprint() {
    for (int i = 0; i < 10; i++) {
      String literal = "INSERT INTO t (id, v) VALUES (" + i + ", 'v" + i + "')";
      store.write(tx -> tx.update(literal));
    }
    store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM t WHERE id IN (1,2)"));
    store.<Long, RuntimeException>read(
        v -> v.number("select count(*) from t where id in (1, 2, 3)"));
    StatementSummary inserts = summary("INSERT INTO t(id, v) VALUES(?…)");
    assertThat(inserts.count()).isEqualTo(10);
    assertThat(inserts.rows()).isEqualTo(10);
    assertThat(inserts.total()).isPositive().isGreaterThanOrEqualTo(inserts.longest());
    assertThat(Duration.between(inserts.lastSeen(), clock.instant()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(store.statements().top(1)).hasSize(1);
  }

  private StatementSummary summary(String fingerprint) {
    return store.statements().top(100).stream()
        .filter(s -> s.fingerprint().replace(" ", "").equals(fingerprint.replace(" ", "")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(store.statements().top(100)));
  }

  @Test
  void boundsTheNumberOfFingerprints() {
    for (int i = 0; i < 80; i++) {
      String sql = "SELECT count(*) AS c" + i + " FROM t";
      store.<Long, RuntimeException>read(v -> v.number(sql));
    }
    assertThat(store.statements().top(1_000)).hasSizeLessThanOrEqualTo(51);
    assertThat(summary("(others)").count()).isPositive();
  }

  @Test
  void boundsTheLengthOfAFingerprint() {
    String columns = "v, ".repeat(10_000) + "id";
    store.<List<Long>, RuntimeException>read(view ->
        view.query("SELECT id FROM t WHERE id IN (SELECT id FROM t) -- " + columns, row -> 1L));
    String sum = "id + ".repeat(900) + "id";
    store.<List<Long>, RuntimeException>read(
        view -> view.query("SELECT " + sum + " FROM t", row -> row.getLong(1)));
    assertThat(store.statements().top(1_000))
        .extracting(StatementSummary::fingerprint)
        .allMatch(fingerprint -> fingerprint.length() <= 2_001)
        .anyMatch(fingerprint -> fingerprint.startsWith("SELECT id + id"));
  }

  @Test
  void keepsSlowStatementsWithoutTheirValues() throws Exception {
    ScopedValue.where(StatementLog.TRACEPARENT, "00-abc-def-01")
        .run(() ->
            store.<List<String>, RuntimeException>read(view ->
                view.query(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                        + " WHERE i < 3000000) SELECT max(i) FROM n, t WHERE ? <> 'x'"
                        + " UNION ALL SELECT count(*) FROM n UNION ALL SELECT ? + ?",
                    row -> row.getString(1),
                    "secret",
                    7,
                    null)));
    SlowStatement slow = store.statements().slow().getFirst();
    assertThat(slow.took()).isGreaterThan(Duration.ofMillis(100));
    assertThat(slow.arguments()).containsExactly("text(6)", "integer", "null");
    assertThat(slow.toString()).doesNotContain("secret").doesNotContain("3000000");
    assertThat(slow.caller()).contains("WatchTest");
    assertThat(slow.traceparent()).isEqualTo("00-abc-def-01");
    assertThat(slow.at()).isEqualTo(clock.instant());
    Signal.awaitUntil("planned", () -> !store.statements().slow().getFirst().plan().isEmpty());
    assertThat(store.statements().slow().getFirst().plan()).anyMatch(l -> l.contains("SCAN"));
  }

  @Test
  void showsItsGaugesWhileOpen() throws Exception {
    write(1);
    assertThat(meters.get("millrace.store.queue").gauge().value()).isZero();
    assertThat(meters.get("millrace.store.readers.busy").gauge().value()).isZero();
    assertThat(meters.get("millrace.store.readers.queue").gauge().value()).isZero();
    // Right after it began anew the log is empty.
    Signal.awaitUntil(
        "the log has bytes",
        () -> {
          store.write(tx -> tx.update("INSERT INTO t (v) VALUES ('x')"));
          return meters.get("millrace.store.log.bytes").gauge().value() > 0;
        });
    assertThat(meters.get("millrace.store.file.bytes").gauge().value()).isPositive();
    assertThat(meters.get("millrace.store.group").summary().count()).isGreaterThanOrEqualTo(16);
    assertThat(
            meters
                .get("millrace.store.commit")
                .timer()
                .totalTime(java.util.concurrent.TimeUnit.NANOSECONDS))
        .isPositive();
    store.close();
    assertThat(meters.find("millrace.store.queue").gauge()).isNull();
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
