package dev.millrace.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Instruments;
import dev.millrace.store.Position;
import dev.millrace.store.StatementSummary;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
  record Added(int n) {}

  record Noise(int n) {}

  private static final EventType<Added> ADDED = EventType.of("test.added", 1, Added.class);
  private static final EventType<Noise> NOISE = EventType.of("test.noise", 1, Noise.class);
  private static final Duration PATIENCE = Signal.LIMIT;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T10:00:00Z"));
  private JournalConfig config = JournalConfig.defaults();
  private Store store;
  private Journal journal;

  @BeforeEach
  void open() {
    Instruments instruments = Instruments.system().withClock(clock);
    store = Store.open(StoreConfig.defaults(folder.resolve("f.db")), instruments);
    journal = Journal.open(store, config, instruments);
    journal.declare(ADDED, NOISE);
    store.write(tx -> tx.update("CREATE TABLE IF NOT EXISTS total (n INTEGER, events INTEGER)"));
    store.write(tx ->
        tx.update(
            "INSERT INTO total (n, events) SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM total)"));
  }

  @AfterEach
  void close() {
    journal.close();
    store.close();
  }

  private FollowerSpec summing() {
    return FollowerSpec.named("sum")
        .on(ADDED)
        .withBatch(10)
        .withRetries(3, Duration.ofMillis(1), Duration.ofMillis(2))
        .handledBy((tx, events) -> {
          for (Event event : events) {
            tx.update("UPDATE total SET n = n + ?, events = events + 1", event.as(ADDED).n());
          }
        });
  }

  private Position emit(Object event) {
    return store.write(tx -> journal.emit(tx, event));
  }

  private List<Long> total() {
    return store
        .<List<List<Long>>, RuntimeException>read(view ->
            view.query("SELECT n, events FROM total", r -> List.of(r.getLong(1), r.getLong(2))))
        .getFirst();
  }

  @Test
  void countsEachEventOnceUnderConcurrentWrites() throws Exception {
    Follower sum = journal.start(summing());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Position>> calls = new ArrayList<>();
      for (int i = 1; i <= 1_000; i++) {
        int n = i;
        calls.add(() -> emit(n % 3 == 0 ? new Noise(n) : new Added(n)));
      }
      threads.invokeAll(calls);
    }
    assertThat(sum.await(store.position(), PATIENCE)).isTrue();
    int expected = 0;
    int events = 0;
    for (int i = 1; i <= 1_000; i++) {
      expected += i % 3 == 0 ? 0 : i;
      events += i % 3 == 0 ? 0 : 1;
    }
    assertThat(total()).containsExactly((long) expected, (long) events);
    assertThat(sum.status().state()).isEqualTo(FollowerState.RUNNING);
    assertThat(sum.status().lag()).isZero();
  }

  @Test
  void passesCommitsThatDoNotConcernItWithoutAReadAndSavesItsPlaceNowAndThen() throws Exception {
    Follower sum = journal.start(summing());
    assertThat(sum.await(emit(new Added(1)), PATIENCE)).isTrue();
    long reads = reads();
    Position last = store.position();
    for (int i = 0; i < 400; i++) {
      last = emit(new Noise(i));
      assertThat(sum.asOf()).isEqualTo(last);
    }
    assertThat(reads()).isEqualTo(reads);
    for (int i = 0; i < 200; i++) {
      last = emit(new Noise(i));
    }
    assertThat(sum.await(last, PATIENCE)).isTrue();
    assertThat(reads()).isGreaterThan(reads);
    sum.close();
    assertThat(journal.followers().getFirst().asOf().number()).isGreaterThan(last.number() - 500);
    emit(new Added(2));
    assertThat(journal.start(summing()).await(store.position(), PATIENCE)).isTrue();
    assertThat(total()).containsExactly(3L, 2L);
  }

  /** How often events were read from the database. */
  private long reads() {
    return store.statements().top(1_000).stream()
        .filter(statement -> statement.fingerprint().contains("FROM millrace_journal WHERE"))
        .mapToLong(StatementSummary::count)
        .sum();
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    emit(new Added(1));
    Follower sum = journal.start(summing());
    assertThat(sum.await(emit(new Added(2)), PATIENCE)).isTrue();
    sum.close();
    emit(new Added(3));
    close();
    open();
    emit(new Added(4));
    sum = journal.start(summing());
    assertThat(sum.await(store.position(), PATIENCE)).isTrue();
    assertThat(total()).containsExactly(10L, 4L);
  }

  @Test
  void isAsOfCommitsWithoutEventsToo() throws Exception {
    Follower sum = journal.start(summing());
    Position quiet = store.write(tx -> tx.update("UPDATE total SET n = n"));
    assertThat(sum.await(quiet, PATIENCE)).isTrue();
    assertThat(sum.asOf()).isEqualTo(quiet);
  }

  @Test
  void beginsNowIfAskedTo() throws Exception {
    emit(new Added(100));
    Follower sum = journal.start(summing().beginningNow());
    assertThat(sum.await(emit(new Added(1)), PATIENCE)).isTrue();
    assertThat(total()).containsExactly(1L, 1L);
  }

  @Test
  void triesAgainThenParksAndHoldsBackItsAsOf() throws Exception {
    var broken = new AtomicBoolean(true);
    var attempts = new AtomicInteger();
    FollowerSpec spec =
        summing()
            .handledBy((tx, events) -> {
              for (Event event : events) {
                if (event.as(ADDED).n() == 13) {
                  attempts.incrementAndGet();
                  if (broken.get()) {
                    throw new IllegalStateException("13 is bad luck");
                  }
                }
                tx.update("UPDATE total SET n = n + ?", event.as(ADDED).n());
              }
            });
    Follower sum = journal.start(spec);
    Position good = emit(new Added(1));
    assertThat(sum.await(good, PATIENCE)).isTrue();
    Position bad = emit(new Added(13));
    Signal.awaitUntil("parked", () -> sum.status().state() == FollowerState.PARKED);
    Position behind = emit(new Added(2));
    assertThat(attempts.get()).isEqualTo(3);
    assertThat(sum.asOf().includes(good)).isTrue();
    assertThat(sum.asOf().includes(bad)).isFalse();
    assertThat(sum.await(behind, Duration.ofMillis(30))).isFalse();
    assertThat(sum.status().failure()).contains("13 is bad luck");
    assertThat(journal.followers())
        .extracting(FollowerStatus::state)
        .containsExactly(FollowerState.PARKED);

    // It stays parked over a restart, and an unbroken handler does not begin by itself.
    close();
    open();
    Follower again = journal.start(spec);
    assertThat(again.status().state()).isEqualTo(FollowerState.PARKED);
    broken.set(false);
    again.redrive();
    assertThat(again.await(store.position(), PATIENCE)).isTrue();
    assertThat(total().getFirst()).isEqualTo(16);
  }

  @Test
  void handlesOutsideTheDatabaseInOrder() throws Exception {
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    var failures = new AtomicInteger(2);
    Follower outside =
        journal.start(
            summing()
                .handledOutsideBy(events -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new java.io.IOException("unplugged");
                  }
                  events.forEach(event -> seen.add(event.as(ADDED).n()));
                }));
    for (int i = 0; i < 25; i++) {
      emit(new Added(i));
    }
    assertThat(outside.await(store.position(), PATIENCE)).isTrue();
    assertThat(seen).hasSize(25).isSorted();
  }

  @Test
  void dropsWhatAllHaveHandledAndIsOld() throws Exception {
    Cursor begin = journal.begin();
    Follower sum = journal.start(summing());
    emit(new Added(1));
    clock.advance(config.keep().plusMinutes(1));
    Position recent = emit(new Added(2));
    sum.await(recent, PATIENCE);
    journal.tidy();
    assertThatThrownBy(() -> journal.read(begin, 10, Set.of()))
        .isInstanceOfSatisfying(
            GoneException.class,
            gone ->
                assertThat(journal.read(gone.oldest(), 10, Set.of()).items())
                    .extracting(e -> e.as(ADDED).n())
                    .containsExactly(2));
  }

  @Test
  void keepsWhatAFollowerStillNeeds() throws Exception {
    Follower sum = journal.start(summing());
    sum.await(store.position(), PATIENCE);
    sum.close();
    emit(new Added(1));
    clock.advance(config.keep().plusMinutes(1));
    journal.tidy();
    sum = journal.start(summing());
    assertThat(sum.await(store.position(), PATIENCE)).isTrue();
    assertThat(total()).containsExactly(1L, 1L);
  }

  @Test
  void losesAFollowerBeyondTheLimitUntilItIsRebuilt() throws Exception {
    close();
    config = config.withLimits(Duration.ZERO, Duration.ofDays(7), 2_000);
    open();
    journal.start(summing()).close();
    for (int i = 0; i < 200; i++) {
      emit(new Added(1));
    }
    journal.tidy();
    Follower sum = journal.start(summing());
    assertThat(sum.status().state()).isEqualTo(FollowerState.LOST);
    Position now = store.position();
    assertThatThrownBy(() -> sum.await(now, PATIENCE))
        .isInstanceOf(FollowerException.class)
        .hasMessageContaining("rebuild");
    sum.rebuild(tx -> tx.update("UPDATE total SET n = 200, events = 200"));
    emit(new Added(5));
    assertThat(sum.await(store.position(), PATIENCE)).isTrue();
    assertThat(total()).containsExactly(205L, 201L);
    long kept =
        store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM millrace_journal"));
    assertThat(kept).isLessThan(200);
  }

  @Test
  void losesARunningFollowerThatIsParkedForTooLong() throws Exception {
    Follower sum =
        journal.start(
            summing()
                .handledBy((_, _) -> {
                  throw new IllegalStateException("never");
                }));
    emit(new Added(1));
    Signal.awaitUntil("parked", () -> sum.status().state() == FollowerState.PARKED);
    clock.advance(config.maxAge().plusHours(1));
    emit(new Noise(1));
    journal.tidy();
    assertThat(sum.status().state()).isEqualTo(FollowerState.LOST);
  }

  @Test
  void restartsAfterAPositionForLargeOutputs() throws Exception {
    Follower sum = journal.start(summing());
    Position early = emit(new Added(1));
    Position late = emit(new Added(2));
    assertThat(sum.await(late, PATIENCE)).isTrue();
    sum.restartAfter(early);
    Signal.awaitUntil("counted again", () -> total().getFirst() == 5);
    assertThat(sum.await(late, PATIENCE)).isTrue();
  }

  @Test
  void forgetsAFollowerThatIsGone() throws Exception {
    Follower sum = journal.start(summing());
    assertThatThrownBy(() -> journal.start(summing())).hasMessageContaining("runs already");
    assertThatThrownBy(() -> journal.forget("sum")).hasMessageContaining("close it first");
    sum.close();
    journal.forget("sum");
    assertThat(journal.followers()).isEmpty();
  }
}
