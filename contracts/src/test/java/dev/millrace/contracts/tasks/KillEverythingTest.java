package dev.millrace.contracts.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process at random moments while steps, sleeps, signals, children, batches, links, limits
 * and workflows are at work in it. Nothing may be lost, nothing that was committed repeated, every
 * counter right in the end, and no task parked for the kills' sake. {@code -Dmillrace.soak=true}
 * kills many more times.
 */
class KillEverythingTest {
  /** After a process says that it is ready, in which it may be killed. */
  private static final long WITHIN_NANOS = 700_000_000;

  private static final int ROUNDS = 6;

  @TempDir Path folder;

  private final Map<String, String> acknowledged = new HashMap<>();
  private final Set<String> signalled = new HashSet<>();

  @Test
  void nothingIsLostAndNothingDoneTwiceWheneverTheProcessIsKilled() {
    int kills = Boolean.getBoolean("millrace.soak") ? 60 : 5;
    Seed.current()
        .run(random -> {
          Remains before = null;
          for (int i = 0; i < kills; i++) {
            before = killedAtSomeMoment(random, before);
          }
          var last = new MillProcess(folder, 0, 0);
          last.ready.await();
          last.askToFinish();
          last.awaitIdle();
          last.kill();
          assertNothingTwice(last, before);
          assertAllDone(Remains.of(folder));
        });
  }

  private Remains killedAtSomeMoment(SplittableRandom random, Remains before) throws Exception {
    var process = new MillProcess(folder, ROUNDS, random.nextLong());
    process.ready.await();
    LockSupport.parkNanos(random.nextLong(WITHIN_NANOS));
    process.kill();
    acknowledged.putAll(process.acknowledged);
    signalled.addAll(process.signalled);
    if (before != null) {
      assertNothingTwice(process, before);
    }
    return Remains.of(folder);
  }

  private static void assertNothingTwice(MillProcess process, Remains before) {
    assertThat(process.bodies)
        .as("bodies of tasks that were over before")
        .noneMatch(before.done()::containsKey);
    assertThat(process.steps)
        .as("work of steps that were finished before")
        .noneMatch(before.steps()::contains);
  }

  private void assertAllDone(Remains end) {
    assertThat(end.unfinished()).as("unfinished tasks").isEmpty();
    assertThat(end.done().values())
        .as("states of all tasks; a dead one was parked for the kills' sake")
        .allMatch(told -> told.getFirst().equals("succeeded"));
    Map<String, Set<String>> acknowledgedByKind =
        acknowledged.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
    assertThat(acknowledgedByKind).as("something of everything was submitted").hasSize(7);
    acknowledgedByKind.forEach((kind, ids) -> {
      switch (kind) {
        case "batch" -> assertThat(end.batches()).containsKeys(ids.toArray(String[]::new));
        case "flow" -> assertThat(end.flows()).containsKeys(ids.toArray(String[]::new));
        default -> assertThat(end.done()).containsKeys(ids.toArray(String[]::new));
      }
    });
    assertSignalsArrived(end);
    assertCountersRight(end);
  }

  /** A signal that was acknowledged came first, so its payload and not that of the end is kept. */
  private void assertSignalsArrived(Remains end) {
    assertThat(signalled)
        .allSatisfy(id -> assertThat(end.done().get(id).getLast()).doesNotContain("-1"));
    assertThat(of(end, "fan"))
        .allSatisfy(id ->
            assertThat(end.done().get(id).getLast())
                .isEqualTo("{\"n\":" + Mill.PARTS * (Mill.PARTS + 1) + "}"));
  }

  private static void assertCountersRight(Remains end) {
    assertThat(end.counts()).as("counts by queue and state").isEqualTo(end.counted());
    assertThat(end.batches())
        .allSatisfy((id, told) ->
            assertThat(told)
                .as("total, succeeded, open, finished of batch %s", id)
                .isEqualTo(List.of(told.getFirst(), end.members().getOrDefault(id, 0L), 0L, 1L))
                .satisfies(all -> assertThat(all.get(1)).isEqualTo(all.getFirst())));
    assertThat(end.flows().values()).as("workflows").allMatch("succeeded"::equals);
    assertThat(end.effects()).as("rows of finish").isEqualTo(of(end, "part"));
    assertThat(end.followed()).as("successes in the journal").isEqualTo(end.done().keySet());
    long submitted =
        end.batches().values().stream().filter(told -> told.getFirst() == Mill.BATCH).count();
    assertThat(of(end, "tally")).as("callbacks of batches").hasSize((int) submitted);
  }

  private static Set<String> of(Remains end, String type) {
    return end.types().entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
