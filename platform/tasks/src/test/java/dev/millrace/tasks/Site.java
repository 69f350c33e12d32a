package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A store with tasks on it, in a folder of a test. */
final class Site implements AutoCloseable {
  record Word(String text) {}

  record Length(int letters) {}

  final Path folder;
  final Store store;
  final Journal journal;
  final MeterRegistry meters = new SimpleMeterRegistry();
  final Engine tasks;

  /** Handlers wait here until {@link #letGo}. */
  final CountDownLatch gate = new CountDownLatch(1);

  Site(Path folder) {
    this(folder, config -> config, InstantSource.system());
  }

  Site(Path folder, UnaryOperator<TasksConfig> change) {
    this(folder, change, InstantSource.system());
  }

  Site(Path folder, UnaryOperator<TasksConfig> change, InstantSource clock) {
    this(folder, change, clock, Encryption.NONE);
  }

  Site(Path folder, Encryption encryption) {
    this(folder, config -> config, InstantSource.system(), encryption);
  }

  Site(Path folder, UnaryOperator<TasksConfig> change, InstantSource clock, Encryption encryption) {
    this.folder = folder;
    store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    journal = Journal.open(store);
    tasks =
        (Engine)
            Tasks.on(store, folder)
                .journal(journal)
                .clock(clock)
                .meters(meters)
                .encryption(encryption)
                .config(change.apply(TasksConfig.defaults().withStopGrace(Duration.ofMillis(200))))
                .build();
  }

  /** Registers types and starts. */
  Site start(TaskType<?, ?>... types) {
    for (TaskType<?, ?> type : types) {
      tasks.register(type);
    }
    tasks.start();
    return this;
  }

  /** A type that answers the length of a word. */
  static TaskType<Word, Length> measure() {
    return TaskType.io(
        "word.measure", Word.class, Length.class, (_, word) -> new Length(word.text().length()));
  }

  /** A type whose handler waits for {@link #letGo}. */
  TaskType<Word, Length> held() {
    return TaskType.io(
        "word.held",
        Word.class,
        Length.class,
        (_, word) -> {
          gate.await();
          return new Length(word.text().length());
        });
  }

  void letGo() {
    gate.countDown();
  }

  TaskView awaitEnd(TaskId id) throws InterruptedException {
    return tasks
        .await(id, Signal.LIMIT)
        .orElseThrow(() -> new AssertionError("not over: " + tasks.find(id)));
  }

  void awaitState(TaskId id, TaskState state) throws InterruptedException {
    Signal.awaitUntil(id + " is " + state, () -> tasks.find(id).orElseThrow().state() == state);
  }

  long count(String queue, TaskState state) {
    return tasks.queues().stream()
        .filter(view -> view.name().equals(queue))
        .mapToLong(view -> view.counts().get(state))
        .sum();
  }

  /** Leaves as a killed process would: the ledger and the database stay as they are. */
  void die() {
    store.close();
  }

  @Override
  public void close() {
    letGo();
    tasks.close();
    journal.close();
    store.close();
  }
}
