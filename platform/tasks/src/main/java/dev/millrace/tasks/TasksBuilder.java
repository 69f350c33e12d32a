package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.journal.Journal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts {@link Tasks} together. Confined to the thread that builds. */
public final class TasksBuilder {
  final Store store;
  final Path folder;
  TasksConfig config = TasksConfig.defaults();
  MeterRegistry meters = new SimpleMeterRegistry();
  InstantSource clock = InstantSource.system();
  @Nullable Journal journal;
  Encryption encryption = Encryption.NONE;
  RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  TasksBuilder(Store store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  public TasksBuilder config(TasksConfig config) {
    this.config = config;
    return this;
  }

  /** Where commits tell what became of tasks, as {@link TasksChanged}; nowhere by default. */
  public TasksBuilder journal(Journal journal) {
    journal.declare(TasksChanged.TYPE);
    this.journal = journal;
    return this;
  }

  /** Where the figures go; nowhere by default. */
  public TasksBuilder meters(MeterRegistry meters) {
    this.meters = meters;
    return this;
  }

  /** Wall time, for due times and ids. */
  public TasksBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Keys for what is encrypted in the database; nothing is by default. */
  public TasksBuilder encryption(Encryption encryption) {
    this.encryption = encryption;
    return this;
  }

  /** What jitter is drawn from. */
  public TasksBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /** Tasks that are not started yet: register types, then {@link Tasks#start}. */
  public Tasks build() {
    return new Engine(this, false);
  }

  /** Tasks that run nothing by themselves, for tests; with a {@link #clock} that can be set. */
  public SteppedTasks buildStepped() {
    return new Engine(this, true);
  }
}
