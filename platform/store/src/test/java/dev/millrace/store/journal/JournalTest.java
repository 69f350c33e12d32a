package dev.millrace.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Instruments;
import dev.millrace.store.Position;
import dev.millrace.store.PositionException;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  record Happened(String what, Duration took) {}

  record Other(int n) {}

  static final EventType<Happened> HAPPENED = EventType.of("test.happened", 1, Happened.class);
  static final EventType<Other> OTHER = EventType.of("test.other", 1, Other.class);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T10:00:00Z"));
  private Store store;
  private Journal journal;

  @BeforeEach
  void open() {
    Instruments instruments = Instruments.system().withClock(clock);
    store = Store.open(StoreConfig.defaults(folder.resolve("j.db")), instruments);
    journal = Journal.open(store, JournalConfig.defaults().withListedChanges(50), instruments);
    journal.declare(HAPPENED, OTHER);
  }

  @AfterEach
  void close() {
    journal.close();
    store.close();
  }

  private Position emit(Object... events) {
    return store.write(tx -> {
      for (Object event : events) {
        journal.emit(tx, event);
      }
    });
  }

  @Test
  void refusesAnEventThatBelongsIntoATable() {
    String large = "x".repeat(Journal.EVENT_BYTES);
    assertThatThrownBy(() -> emit(new Happened(large, Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("test.happened", "16777216", "keep the large value in a table");
    Cursor begin = journal.begin();
    emit(new Happened(large.substring(1_000), Duration.ZERO));
    assertThat(journal.read(begin, 10, Set.of()).items()).hasSize(1);
  }

  private void reopen() {
    close();
    open();
  }

  @Test
  void refusesASecondJournalOnTheSameStore() {
    assertThatThrownBy(() -> Journal.open(store))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open journal already")
        .hasMessageContaining("close it first");
    Cursor begin = journal.begin();
    emit(new Other(1));
    assertThat(journal.read(begin, 10, Set.of()).items()).hasSize(1);
    journal.close();
    journal = Journal.open(store);
    journal.declare(HAPPENED, OTHER);
    emit(new Other(2));
    assertThat(journal.read(begin, 10, Set.of()).items()).hasSize(2);
  }

  @Test
  void opensOneOfManyThatTryAtOnce() throws Exception {
    journal.close();
    var opened = new ConcurrentLinkedQueue<Journal>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              opened.add(Journal.open(store));
            } catch (IllegalStateException refused) {
              // All but one.
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(opened).hasSize(1);
    journal = opened.element();
    journal.declare(HAPPENED, OTHER);
    Cursor begin = journal.begin();
    emit(new Other(1));
    assertThat(journal.read(begin, 10, Set.of()).items()).hasSize(1);
  }

  /** A character of Chinese is three bytes. */
  @Test
  void countsItsSizeInBytes() throws Exception {
    String chinese = "磨坊".repeat(500);
    for (int i = 0; i < 20; i++) {
      emit(new Happened(chinese, Duration.ZERO));
    }
    long total =
        store.<Long, RuntimeException>read(
            v -> v.number("SELECT max(total_bytes) FROM millrace_journal"));
    long bytes =
        store.<Long, RuntimeException>read(
            v -> v.number("SELECT sum(length(CAST(body AS BLOB))) FROM millrace_journal"));
    assertThat(total).isEqualTo(bytes).isGreaterThan(60_000);
    Cursor begin = journal.begin();
    journal.close();
    journal =
        Journal.open(
            store,
            JournalConfig.defaults().withLimits(Duration.ZERO, Duration.ofDays(1), 40_000),
            Instruments.system().withClock(clock));
    journal.tidy();
    assertThatThrownBy(() -> journal.read(begin, 10, Set.of())).isInstanceOf(GoneException.class);
  }

  @Test
  void cutsTheEventsOfACommitByTheirBytes() {
    String chinese = "磨".repeat(10_000);
    Object[] events = new Object[20];
    Arrays.fill(events, new Happened(chinese, Duration.ZERO));
    emit(events);
    assertThat(
            store.<Long, RuntimeException>read(
                v -> v.number("SELECT max(length(CAST(body AS BLOB))) FROM millrace_journal")))
        .isLessThan(300_000);
    assertThat(journal.read(journal.begin(), 100, Set.of()).items()).hasSize(20);
  }

  @Test
  void readsWhatWasEmittedInOrder() {
    Cursor begin = journal.begin();
    Position first = emit(new Happened("a", Duration.ofSeconds(5)), new Other(2));
    Position second = emit(new Happened("b", Duration.ZERO));
    EventPage page = journal.read(begin, 10, Set.of());
    assertThat(page.items()).hasSize(3);
    assertThat(page.items().get(0).as(HAPPENED))
        .isEqualTo(new Happened("a", Duration.ofSeconds(5)));
    assertThat(page.items().get(0).json()).contains("\"PT5S\"");
    assertThat(page.items().get(0).at()).isEqualTo(clock.instant());
    assertThat(page.items().get(0).cursor()).isEqualTo(new Cursor(first, 0));
    assertThat(page.items().get(1).as(OTHER)).isEqualTo(new Other(2));
    assertThat(page.items().get(1).cursor()).isEqualTo(new Cursor(first, 1));
    assertThat(page.items().get(2).cursor()).isEqualTo(new Cursor(second, 0));
    assertThat(page.atEnd()).isTrue();
    assertThat(journal.read(page.next(), 10, Set.of()).items()).isEmpty();
  }

  @Test
  void pagesWithinACommitAndAcrossParts() {
    String big = "x".repeat(100_000);
    Cursor begin = journal.begin();
    Object[] events = new Object[12];
    for (int i = 0; i < events.length; i++) {
      events[i] = new Happened(i + big, Duration.ZERO);
    }
    emit(events);
    List<String> seen = new ArrayList<>();
    Cursor at = begin;
    EventPage page;
    do {
      page = journal.read(at, 5, Set.of());
      page.items().forEach(event -> seen.add(event.as(HAPPENED).what().replace("x", "")));
      at = Cursor.parse(page.next().toString());
    } while (!page.atEnd());
    assertThat(seen).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThat(
            store.<Long, RuntimeException>read(
                v -> v.number("SELECT count(*) FROM millrace_journal")))
        .isGreaterThan(3);
  }

  @Test
  void filtersByType() {
    Cursor begin = journal.begin();
    emit(new Other(1), new Happened("a", Duration.ZERO), new Other(2));
    emit(new Other(3));
    EventPage page = journal.read(begin, 2, Set.of("test.other"));
    assertThat(page.items()).extracting(e -> e.as(OTHER).n()).containsExactly(1, 2);
    page = journal.read(page.next(), 2, Set.of("test.other"));
    assertThat(page.items()).extracting(e -> e.as(OTHER).n()).containsExactly(3);
    assertThat(journal.read(begin, 10, Set.of("test.none")).atEnd()).isTrue();
  }

  @Test
  void dropsEventsOfAWriteThatFails() {
    Cursor begin = journal.begin();
    assertThatThrownBy(() ->
            store.write(tx -> {
              journal.emit(tx, new Other(1));
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    emit(new Other(2));
    assertThat(journal.read(begin, 10, Set.of()).items())
        .extracting(e -> e.as(OTHER).n())
        .containsExactly(2);
  }

  @Test
  void refusesPlacesThatItDoesNotHave() {
    Position now = emit(new Other(1));
    var future = new Position(now.history(), now.number() + 1);
    assertThatThrownBy(() -> journal.read(Cursor.after(future), 10, Set.of()))
        .isInstanceOf(PositionException.class)
        .hasMessageContaining("has not come yet");
    var other = new Position(now.history() + 1, 1);
    assertThatThrownBy(() -> journal.read(Cursor.after(other), 10, Set.of()))
        .isInstanceOf(PositionException.class)
        .hasMessageContaining("another history");
  }

  @Test
  void refusesEventsOfUndeclaredTypes() {
    assertThatThrownBy(() -> journal.encode("text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String is no declared event")
        .hasMessageContaining("test.other");
    assertThatThrownBy(() -> journal.declare(EventType.of("test.other", 1, Happened.class)))
        .hasMessageContaining("is taken by");
    assertThatThrownBy(() -> EventType.of("Bad Name", 1, Happened.class))
        .hasMessageContaining("not like 'task.finished'");
  }

  @Test
  void bringsOldEventsToTheNewVersion() {
    record Renamed(String label) {}
    Cursor begin = journal.begin();
    emit(new Happened("a", Duration.ZERO));
    EventType<Renamed> newer =
        EventType.of("test.happened", 2, Renamed.class)
            .upgradedBy((_, old) -> old.put("label", old.get("what").stringValue() + "!"));
    Event event = journal.read(begin, 1, Set.of()).items().getFirst();
    assertThat(event.as(newer)).isEqualTo(new Renamed("a!"));
    assertThatThrownBy(() -> event.as(OTHER)).hasMessageContaining("is a test.happened");
    assertThatThrownBy(event::asChange).hasMessageContaining("no change of a table");
  }

  @Test
  void reportsEveryChangeOfAFollowedTable() {
    store.write(tx -> {
      tx.update("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)");
      tx.update(
          "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id)"
              + " ON DELETE CASCADE, data BLOB)");
    });
    journal.follow(
        List.of(
            FollowedTable.of("parent", "id").with("name"),
            FollowedTable.of("child", "id").with("parent", "data")));
    Cursor begin = Cursor.after(store.position());
    store.write(tx -> {
      tx.update("INSERT INTO parent (id, name) VALUES (1, 'one'), (2, 'two')");
      tx.update("INSERT INTO child (id, parent, data) VALUES (7, 1, x'CAFE')");
    });
    store.write(tx -> tx.update("UPDATE parent SET name = name || '!'"));
    store.write(tx -> tx.update("DELETE FROM parent WHERE id = 1"));
    store.write(tx -> tx.update("REPLACE INTO parent (id, name) VALUES (2, 'again')"));
    List<String> seen = new ArrayList<>();
    for (Event event : journal.read(begin, 100, Set.of()).items()) {
      TableChange change = event.asChange();
      seen.add(
          change.table() + " " + change.kind() + change.key() + change.before() + change.after());
    }
    assertThat(seen)
        .containsExactly(
            "parent INSERT[1]null{\"name\":\"one\"}",
            "parent INSERT[2]null{\"name\":\"two\"}",
            "child INSERT[7]null{\"parent\":1,\"data\":\"CAFE\"}",
            "parent UPDATE[1]{\"id\":1,\"name\":\"one\"}{\"name\":\"one!\"}",
            "parent UPDATE[2]{\"id\":2,\"name\":\"two\"}{\"name\":\"two!\"}",
            "child DELETE[7]{\"parent\":1,\"data\":\"CAFE\"}null",
            "parent DELETE[1]{\"name\":\"one!\"}null",
            "parent DELETE[2]{\"name\":\"two!\"}null",
            "parent INSERT[2]null{\"name\":\"again\"}");
    assertThat(
            store.<Long, RuntimeException>read(
                v -> v.number("SELECT count(*) FROM millrace_changes")))
        .isZero();
  }

  @Test
  void isClosedForEventsButKeepsChangesForTheNext() {
    store.write(tx -> tx.update("CREATE TABLE kept (id INTEGER PRIMARY KEY)"));
    journal.follow(List.of(FollowedTable.of("kept", "id")));
    Cursor begin = Cursor.after(store.position());
    journal.close();
    assertThatThrownBy(() -> emit(new Other(1))).isInstanceOf(IllegalStateException.class);
    store.write(tx -> tx.update("INSERT INTO kept VALUES (1)"));
    journal = Journal.open(store);
    store.write(tx -> tx.update("INSERT INTO kept VALUES (2)"));
    assertThat(journal.read(begin, 10, Set.of()).items())
        .extracting(event -> event.asChange().key().get(0).intValue())
        .containsExactly(1, 2);
  }

  @Test
  void foldsManyChangesOfOneTable() {
    store.write(tx -> tx.update("CREATE TABLE many (id INTEGER PRIMARY KEY)"));
    journal.follow(List.of(FollowedTable.of("many", "id")));
    Cursor begin = Cursor.after(store.position());
    store.write(tx -> {
      for (int i = 0; i < 51; i++) {
        tx.update("INSERT INTO many (id) VALUES (?)", i);
      }
    });
    List<Event> events = journal.read(begin, 100, Set.of("table:many")).items();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().asChange().kind()).isEqualTo(TableChange.Kind.ALL);
  }

  @Test
  void keepsFollowingAfterARestart() {
    store.write(tx -> tx.update("CREATE TABLE kept (id INTEGER PRIMARY KEY)"));
    journal.follow(List.of(FollowedTable.of("kept", "id")));
    reopen();
    Cursor begin = Cursor.after(store.position());
    store.write(tx -> tx.update("INSERT INTO kept (id) VALUES (1)"));
    assertThat(journal.read(begin, 10, Set.of()).items()).hasSize(1);
    journal.follow(List.of(FollowedTable.of("kept", "id")));
    store.write(tx -> tx.update("INSERT INTO kept (id) VALUES (2)"));
    assertThat(journal.read(begin, 10, Set.of()).items()).hasSize(2);
  }

  @Test
  void refusesToLoseAFollowedTable() {
    store.write(tx -> tx.update("CREATE TABLE kept (id INTEGER PRIMARY KEY)"));
    journal.follow(List.of(FollowedTable.of("kept", "id")));
    assertThatThrownBy(() -> store.write(tx -> tx.update("DROP TABLE kept")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("unfollow");
    assertThatThrownBy(() -> store.write(tx -> tx.update("ALTER TABLE kept RENAME TO lost")))
        .isInstanceOf(StoreException.class);
    store.write(tx -> tx.update("ALTER TABLE kept ADD COLUMN more TEXT"));
    journal.unfollow("kept");
    store.write(tx -> tx.update("DROP TABLE kept"));
  }

  @Test
  void deliversLiveEventsAndTellsTheSlow() throws Exception {
    Duration patience = Duration.ofSeconds(10);
    try (Subscription live = journal.subscribe(Set.of("test.other"), 2)) {
      emit(new Other(1), new Happened("a", Duration.ZERO), new Other(2), new Other(3));
      assertThat(number(live.next(patience).orElseThrow())).isEqualTo(1);
      assertThat(number(live.next(patience).orElseThrow())).isEqualTo(2);
      var missed = (Subscription.Missed) live.next(patience).orElseThrow();
      assertThat(journal.read(missed.after(), 10, Set.of("test.other")).items())
          .extracting(e -> e.as(OTHER).n())
          .containsExactly(3);
      emit(new Other(4));
      assertThat(number(live.next(patience).orElseThrow())).isEqualTo(4);
      assertThat(live.next(Duration.ZERO)).isEmpty();
      Thread closer = Thread.startVirtualThread(live::close);
      assertThat(live.next(patience)).isEmpty();
      closer.join();
      assertThat(live.isClosed()).isTrue();
    }
  }

  private static int number(Subscription.Delivery delivery) {
    return ((Subscription.Delivered) delivery).event().as(OTHER).n();
  }
}
