package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of suspects that wait for their trial. */
class TrialsTest {
  private static final String OTHER = "other";

  @TempDir Path folder;

  private final Map<TaskId, Integer> runs = new ConcurrentHashMap<>();

  /** A type whose handler is counted, and waits for {@link Site#letGo}. */
  private TaskType<Word, Length> counted(Site site) {
    return TaskType.io(
        "word.counted",
        Word.class,
        Length.class,
        (run, word) -> {
          runs.merge(run.id(), 1, Integer::sum);
          site.gate.await();
          return new Length(word.text().length());
        });
  }

  private List<TaskId> leaveSuspects(int count) {
    try (var site = new Site(folder)) {
      TaskType<Word, Length> type = counted(site);
      site.start(type);
      site.tasks.pause("default");
      List<Word> words = Collections.nCopies(count, new Word("x"));
      List<TaskId> ids = site.tasks.submitAll(type, words, SubmitOptions.defaults()).ids();
      site.store.write(tx -> {
        tx.update("UPDATE tasks SET crashes = 2");
        tx.update("UPDATE task_queues SET paused = 0");
      });
      return ids;
    }
  }

  private Site site() {
    return new Site(folder, config -> config.withTrialTime(Duration.ofMinutes(10)));
  }

  /** What stands behind everything that the queue holds is through. */
  private static void pass(Site site, TaskType<Word, Length> type, String queue) throws Exception {
    SubmitOptions last = SubmitOptions.defaults().withQueue(queue).withPriority(9);
    site.awaitEnd(site.tasks.submit(type, new Word("last"), last).id());
  }

  @Test
  void movedOneRunsOnceAndInItsNewQueue() throws Exception {
    List<TaskId> ids = leaveSuspects(3);
    try (Site site = site()) {
      TaskType<Word, Length> type = counted(site);
      site.start(type);
      site.awaitState(ids.getFirst(), TaskState.RUNNING);
      site.tasks.limitConcurrency(OTHER, 1);
      site.tasks.move(ids.get(1), TaskMove.toQueue(OTHER));
      site.letGo();
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      pass(site, type, OTHER);
      assertThat(site.tasks.find(ids.get(1)).orElseThrow().queue()).isEqualTo(OTHER);
      for (TaskId id : ids) {
        assertThat(runs.get(id)).isEqualTo(1);
      }
    }
  }

  @Test
  void oneThatIsMovedToAPausedQueueWaitsThere() throws Exception {
    List<TaskId> ids = leaveSuspects(2);
    try (Site site = site()) {
      TaskType<Word, Length> type = counted(site);
      site.start(type);
      site.awaitState(ids.getFirst(), TaskState.RUNNING);
      site.tasks.pause(OTHER);
      site.tasks.move(ids.get(1), TaskMove.toQueue(OTHER));
      site.letGo();
      pass(site, type, "default");
      assertThat(runs).doesNotContainKey(ids.get(1));
      site.tasks.resume(OTHER);
      assertThat(site.awaitEnd(ids.get(1)).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(runs.get(ids.get(1))).isEqualTo(1);
    }
  }
}
