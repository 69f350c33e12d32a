package dev.millrace.tasks.testing;

import dev.millrace.store.Migrations;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TasksConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts {@link TestTasks} together. Confined to the thread that builds. */
public final class TestTasksBuilder {
  final TestMode mode;
  final List<TaskType<?, ?>> types = new ArrayList<>();
  final List<Migrations> migrations = new ArrayList<>();
  Instant start = Instant.parse("2030-01-07T08:00:00Z");
  TasksConfig config = TasksConfig.defaults().withStopGrace(Duration.ZERO);
  long seed = 1;
  @Nullable Path folder;

  TestTasksBuilder(TestMode mode) {
    this.mode = mode;
  }

  /** The types that the test needs; more may be registered later. */
  public TestTasksBuilder types(TaskType<?, ?>... more) {
    Collections.addAll(types, more);
    return this;
  }

  /** Tables that handlers write to. */
  public TestTasksBuilder migrations(Migrations... more) {
    Collections.addAll(migrations, more);
    return this;
  }

  /** The moment at which time stands at first; a Monday morning of 2030 by default. */
  public TestTasksBuilder startingAt(Instant value) {
    start = value;
    return this;
  }

  public TestTasksBuilder config(TasksConfig value) {
    config = value;
    return this;
  }

  /** What jitter is drawn from; the same seed gives the same times. */
  public TestTasksBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** A folder that stays, with what an earlier test left in it; else a temporary one is made. */
  public TestTasksBuilder folder(Path value) {
    folder = value;
    return this;
  }

  /** Opens the store and starts. */
  public TestTasks open() {
    return new TestTasks(this);
  }
}
