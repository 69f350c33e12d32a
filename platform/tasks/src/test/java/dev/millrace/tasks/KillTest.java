package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes; {@code -Dmillrace.soak=true} kills many more. */
class KillTest {
  @TempDir Path folder;

  /** A process with tasks, and what it said. */
  private static final class Child {
    final Process process;
    final Signal ready = new Signal("the process is ready");
    final Signal idle = new Signal("all tasks are over");
    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final Set<String> bodies = ConcurrentHashMap.newKeySet();
    final Set<String> steps = ConcurrentHashMap.newKeySet();
    final Set<String> done = ConcurrentHashMap.newKeySet();
    final Set<String> dead = ConcurrentHashMap.newKeySet();
    final Set<String> over = ConcurrentHashMap.newKeySet();
    private final Thread reader;

    Child(Path folder, int producers) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Victim.class.getName(),
                  folder.toString(),
                  String.valueOf(producers))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ");
          switch (words[0]) {
            case "ready" -> ready.raise();
            case "ack" -> acknowledged.add(words[1]);
            case "body" -> bodies.add(words[1]);
            case "step" -> steps.add(words[1]);
            case "done" -> done.add(words[1]);
            case "idle" -> idle.raise();
            case "dead" -> dead.add(words[1]);
            case "over" -> over.add(words[1]);
            default -> throw new IllegalStateException(line);
          }
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** From the first answer on, interrupted tasks run again within two seconds. */
    void awaitBodies(Set<String> interrupted) throws Exception {
      ready.await();
      long from = System.nanoTime();
      Signal.awaitUntil("interrupted tasks run again", () -> bodies.containsAll(interrupted));
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
    }

    void tell(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    }

    /** SIGKILL, and all that it has said before. */
    void kill() throws InterruptedException {
      boolean _ = process.toHandle().destroyForcibly();
      awaitEnd();
    }

    void awaitEnd() throws InterruptedException {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      reader.join();
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingDoneRunsAgain() {
    int kills = Boolean.getBoolean("millrace.soak") ? 60 : 3;
    Seed.current()
        .run(random -> {
          var acknowledged = new HashSet<String>();
          var state = new State(Set.of(), Set.of(), Set.of());
          for (int round = 0; round < kills; round++) {
            var child = new Child(folder, 6);
            Set<String> running = state.running;
            child.awaitBodies(running);
            int enough = random.nextInt(1, 600);
            Signal.awaitUntil("submissions", () -> child.acknowledged.size() >= enough);
            LockSupport.parkNanos(random.nextLong(100_000_000));
            child.kill();
            check(child, state);
            acknowledged.addAll(child.acknowledged);
            state = State.read(folder, child.bodies);
            assertThat(state.done).containsAll(child.done);
          }
          var last = new Child(folder, 0);
          last.awaitBodies(state.running);
          last.tell("idle");
          last.idle.await();
          last.kill();
          check(last, state);
          assertThat(acknowledged).isNotEmpty();
          assertThat(State.read(folder, Set.of()).done).containsAll(acknowledged);
        });
  }

  private static void check(Child child, State before) {
    assertThat(child.bodies)
        .as("tasks that were done and run again")
        .doesNotContainAnyElementsOf(before.done.isEmpty() ? Set.of("none") : before.done);
    assertThat(child.over).as("tasks that exceeded their limit").isEmpty();
    assertThat(child.steps)
        .as("steps that were finished and run again")
        .doesNotContainAnyElementsOf(before.stepped.isEmpty() ? Set.of("none") : before.stepped);
  }

  /**
   * What a dead process left in the database.
   *
   * @param done tasks that are over
   * @param stepped unfinished tasks whose step is finished
   * @param running unfinished tasks whose handler had started
   */
  private record State(Set<String> done, Set<String> stepped, Set<String> running) {
    static State read(Path folder, Set<String> bodies) {
      try (var store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")))) {
        return store.<State, RuntimeException>read(view -> {
          var done = new HashSet<String>();
          for (int day : view.query("SELECT day FROM task_buckets", row -> row.getInt(1))) {
            done.addAll(ids(view, "SELECT id FROM tasks_done_" + day));
          }
          var running = ids(view, "SELECT id FROM tasks WHERE state = 'ready'");
          running.retainAll(bodies);
          return new State(done, ids(view, "SELECT task FROM task_steps"), running);
        });
      }
    }

    private static Set<String> ids(Snapshot view, String sql) {
      return new HashSet<>(view.query(sql, row -> new TaskId(row.getLong(1)).toString()));
    }
  }

  @Test
  void taskThatKillsItsProcessIsParkedWithoutItsBystanders() throws Exception {
    var first = new Child(folder, 0);
    first.ready.await();
    for (int i = 0; i < 5; i++) {
      first.tell("slow");
    }
    first.tell("poison");
    first.awaitEnd();
    assertThat(first.acknowledged).hasSize(6);

    // All run at once a second time, then one at a time, and the one that died then twice more.
    for (int deaths = 1; deaths < 5; deaths++) {
      var next = new Child(folder, 0);
      next.awaitEnd();
      assertThat(next.dead).isEmpty();
    }
    var last = new Child(folder, 0);
    last.ready.await();
    assertThat(last.dead).hasSize(1);
    last.tell("idle");
    last.idle.await();
    last.kill();
    var bystanders = new HashSet<>(first.acknowledged);
    bystanders.removeAll(last.dead);
    try (var site = new Site(folder).start()) {
      for (String id : bystanders) {
        assertThat(site.tasks.find(TaskId.parse(id)).orElseThrow().state())
            .isEqualTo(TaskState.SUCCEEDED);
      }
    }
  }
}
