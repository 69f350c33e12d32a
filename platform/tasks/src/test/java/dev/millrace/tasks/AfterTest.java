package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that wait for other ends than success. */
class AfterTest {
  @TempDir Path folder;

  private final TaskType<Word, Length> either =
      TaskType.io(
              "either",
              Word.class,
              Length.class,
              (_, word) -> {
                if (word.text().equals("die")) {
                  throw new FatalFailure("as asked");
                }
                return new Length(1);
              })
          .withRetry(RetryPolicy.never());

  private TaskId submit(Site site, String text) {
    return site.tasks.submit(either, new Word(text)).id();
  }

  private TaskId after(Site site, AfterOutcome outcome, TaskId... ids) {
    return site.tasks
        .submit(either, new Word("x"), SubmitOptions.defaults().withAfter(outcome, ids))
        .id();
  }

  private static TaskState end(Site site, TaskId id) throws InterruptedException {
    return site.awaitEnd(id).state();
  }

  @Test
  void eachWaitsForItsOwnEndAlsoAfterAKill() throws Exception {
    TaskId dies;
    TaskId lives;
    TaskId onDeath;
    TaskId onSuccess;
    TaskId onEnds;
    TaskId inVain;
    try (var site = new Site(folder).start(either)) {
      site.tasks.pause("default");
      dies = submit(site, "die");
      lives = submit(site, "live");
      onDeath = after(site, AfterOutcome.FAILED, dies);
      onSuccess = after(site, AfterOutcome.SUCCEEDED, dies);
      onEnds = after(site, AfterOutcome.ENDED, dies, lives);
      inVain = after(site, AfterOutcome.FAILED, lives, dies);
      assertThat(site.tasks.find(onDeath).orElseThrow().state()).isEqualTo(TaskState.WAITING);
      site.die();
    }
    try (var site = new Site(folder).start(either)) {
      site.tasks.resume("default");
      assertThat(end(site, dies)).isEqualTo(TaskState.DEAD);
      assertThat(end(site, onDeath)).isEqualTo(TaskState.SUCCEEDED);
      assertThat(end(site, onEnds)).isEqualTo(TaskState.SUCCEEDED);
      TaskView cancelled = site.awaitEnd(inVain);
      assertThat(cancelled.state()).isEqualTo(TaskState.CANCELLED);
      assertThat(cancelled.error()).contains("which this one waits for, has succeeded");
      assertThat(site.tasks.find(onSuccess).orElseThrow().state()).isEqualTo(TaskState.WAITING);
      site.tasks.discard(dies);
      assertThat(end(site, onSuccess)).isEqualTo(TaskState.CANCELLED);
      assertThat(
              site.store.<Long, RuntimeException>read(
                  view -> view.number("SELECT count(*) FROM task_links")))
          .isZero();
    }
  }

  @Test
  void whatIsOverAlreadyIsNotWaitedForOrRefused() throws Exception {
    try (var site = new Site(folder).start(either)) {
      TaskId dead = submit(site, "die");
      TaskId done = submit(site, "live");
      site.awaitEnd(dead);
      site.awaitEnd(done);
      assertThat(end(site, after(site, AfterOutcome.FAILED, dead))).isEqualTo(TaskState.SUCCEEDED);
      assertThat(end(site, after(site, AfterOutcome.ENDED, dead, done)))
          .isEqualTo(TaskState.SUCCEEDED);
      assertThatThrownBy(() -> after(site, AfterOutcome.FAILED, done))
          .hasMessageContaining("That task has succeeded, so this one would never start");
      site.tasks.pause("default");
      TaskId cancelled = submit(site, "live");
      TaskId onEnd = after(site, AfterOutcome.ENDED, cancelled);
      TaskId onDeath = after(site, AfterOutcome.FAILED, cancelled);
      site.tasks.cancel(cancelled);
      assertThat(end(site, onDeath)).isEqualTo(TaskState.CANCELLED);
      site.tasks.resume("default");
      assertThat(end(site, onEnd)).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void oneThatWaitsForWhatIsDeletedInTheSameCommitDoesSoInVain() throws Exception {
    try (var site = new Site(folder).start(either)) {
      TaskId dead = submit(site, "die");
      assertThat(end(site, dead)).isEqualTo(TaskState.DEAD);
      var behind = new AtomicReference<TaskId>();
      Together.commit(
          site.store,
          () -> behind.set(after(site, AfterOutcome.SUCCEEDED, dead)),
          () -> site.tasks.delete(dead));
      assertThat(end(site, behind.get())).isEqualTo(TaskState.CANCELLED);
    }
  }
}
