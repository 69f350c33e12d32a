package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches, and tasks that wait for others. */
class BatchTest {
  @TempDir Path folder;

  private final AtomicBoolean broken = new AtomicBoolean();
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

  private final TaskType<Word, Length> work =
      TaskType.io(
              "work",
              Word.class,
              Length.class,
              (_, word) -> {
                if (broken.get() && word.text().startsWith("bad")) {
                  throw new IllegalStateException("broken");
                }
                return new Length(word.text().length());
              })
          .withRetry(RetryPolicy.never());
  private final TaskType<Word, Length> tell =
      TaskType.io(
          "tell",
          Word.class,
          Length.class,
          (run, word) -> {
            told.add(word.text() + " " + run.key().orElse("?"));
            return null;
          });

  private static Submission of(TaskType<Word, ?> type, String word) {
    return new Submission(
        type.name(), Json.MAPPER.valueToTree(new Word(word)), SubmitOptions.defaults());
  }

  private BatchCallbacks callbacks() {
    return new BatchCallbacks(of(tell, "success"), of(tell, "failure"), of(tell, "complete"));
  }

  private Site site() {
    return new Site(folder).start(work, tell);
  }

  @Test
  void successCallsBackOnceWhenAllAreThrough() throws Exception {
    try (var site = site()) {
      BatchView batch =
          site.tasks
              .batches()
              .submit(
                  "hundred",
                  callbacks(),
                  IntStream.range(0, 100).mapToObj(i -> of(work, "w" + i)).toList());
      assertThat(batch.total()).isEqualTo(100);
      BatchView done = site.tasks.batches().await(batch.id(), Signal.LIMIT).orElseThrow();
      assertThat(done.succeeded()).isEqualTo(100);
      assertThat(done.open()).isZero();
      Signal.awaitUntil("both callbacks", () -> told.size() == 2);
      assertThat(told).containsExactlyInAnyOrder("success " + batch.id(), "complete " + batch.id());
    }
  }

  @Test
  void failureCallsBackAndSuccessFollowsWhenTheDeadAreDrivenAgain() throws Exception {
    broken.set(true);
    try (var site = site()) {
      BatchView batch =
          site.tasks
              .batches()
              .submit(
                  "mixed", callbacks(), List.of(of(work, "ok"), of(work, "bad"), of(work, "bad2")));
      site.tasks.batches().await(batch.id(), Signal.LIMIT).orElseThrow();
      Signal.awaitUntil("two callbacks", () -> told.size() == 2);
      assertThat(told).containsExactlyInAnyOrder("failure " + batch.id(), "complete " + batch.id());
      broken.set(false);
      for (TaskView dead :
          site.tasks.list(TaskFilter.all().withStates(TaskState.DEAD), 10, null).items()) {
        assertThat(dead.batch()).isEqualTo(batch.id());
        site.tasks.retry(dead.id());
      }
      Signal.awaitUntil("success", () -> told.contains("success " + batch.id()));
      BatchView done = site.tasks.batches().find(batch.id()).orElseThrow();
      assertThat(done.succeeded()).isEqualTo(3);
      assertThat(done.dead()).isZero();
      assertThat(told).hasSize(3);
    }
  }

  @Test
  void openBatchIsOverOnlyWhenClosedAndTakesNothingAfterwards() throws Exception {
    try (var site = site()) {
      Batches batches = site.tasks.batches();
      BatchView batch = batches.open("bit by bit", callbacks());
      TaskId first = batches.add(batch.id(), List.of(of(work, "a"))).ids().getFirst();
      site.awaitEnd(first);
      assertThat(batches.find(batch.id()).orElseThrow().finished()).isFalse();
      site.awaitEnd(batches.add(batch.id(), List.of(of(work, "b"))).ids().getFirst());
      assertThat(told).isEmpty();
      assertThat(batches.close(batch.id()).finished()).isTrue();
      Signal.awaitUntil("callbacks", () -> told.size() == 2);
      assertThatThrownBy(() -> batches.add(batch.id(), List.of(of(work, "c"))))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void emptyBatchIsASuccess() throws Exception {
    try (var site = site()) {
      BatchView batch = site.tasks.batches().open("empty", callbacks());
      assertThat(site.tasks.batches().close(batch.id()).finished()).isTrue();
      Signal.awaitUntil("callbacks", () -> told.size() == 2);
    }
  }

  @Test
  void wrongCallbackIsRefusedByName() {
    try (var site = site()) {
      var wrong = new Submission("tel", Json.MAPPER.createObjectNode(), SubmitOptions.defaults());
      assertThatThrownBy(
              () -> site.tasks.batches().open("b", new BatchCallbacks(null, wrong, null)))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("onFailure")
          .hasMessageContaining("tell");
    }
  }

  @Test
  void cancelledBatchTakesItsWaitingTasksWithIt() throws Exception {
    try (var site = site()) {
      site.tasks.pause(TaskType.IO_QUEUE);
      Batches batches = site.tasks.batches();
      BatchView batch =
          batches.submit(
              "doomed",
              BatchCallbacks.none(),
              IntStream.range(0, 1_200).mapToObj(i -> of(work, "w" + i)).toList());
      batches.cancel(batch.id());
      BatchView done = batches.await(batch.id(), Signal.LIMIT).orElseThrow();
      assertThat(done.cancelled()).isEqualTo(1_200);
      assertThat(done.cancelling()).isTrue();
    }
  }

  @Test
  void pagesOfBatchesLeadFromTheNewestToTheOldest() {
    try (var site = site()) {
      for (int i = 0; i < 5; i++) {
        site.tasks.batches().open("b" + i, BatchCallbacks.none());
      }
      BatchPage first = site.tasks.batches().list(3, null);
      assertThat(first.items()).extracting(BatchView::name).containsExactly("b4", "b3", "b2");
      BatchPage second = site.tasks.batches().list(3, first.next());
      assertThat(second.items()).extracting(BatchView::name).containsExactly("b1", "b0");
      assertThat(second.next()).isNull();
    }
  }

  @Test
  void whatIsStillToBeCalledIsShown() throws Exception {
    try (var site = site()) {
      BatchId open = site.tasks.batches().open("open", callbacks()).id();
      assertThat(site.tasks.batches().callbacks(open)).isEqualTo(callbacks());
      site.tasks.batches().add(open, List.of(of(work, "good")));
      site.tasks.batches().close(open);
      site.tasks.batches().await(open, java.time.Duration.ofSeconds(20)).orElseThrow();
      assertThat(site.tasks.batches().callbacks(open))
          .isEqualTo(new BatchCallbacks(null, of(tell, "failure"), null));
    }
  }

  @Test
  void chainRunsInOrder() throws Exception {
    try (var site = site()) {
      site.tasks.pause(TaskType.IO_QUEUE);
      TaskId first = site.tasks.submit(tell, new Word("1")).id();
      var after = SubmitOptions.defaults().withAfter(first);
      TaskId second = site.tasks.submit(tell, new Word("2"), after).id();
      TaskId third =
          site.tasks
              .submit(tell, new Word("3"), SubmitOptions.defaults().withAfter(first, second))
              .id();
      assertThat(site.tasks.find(third).orElseThrow().state()).isEqualTo(TaskState.WAITING);
      assertThat(site.tasks.links(second)).isEqualTo(new TaskLinks(List.of(first), List.of(third)));
      assertThat(site.tasks.find(third).orElseThrow().waitsFor()).isEqualTo("tasks");
      site.tasks.resume(TaskType.IO_QUEUE);
      site.awaitEnd(third);
      assertThat(told).containsExactly("1 ?", "2 ?", "3 ?");
      // What has succeeded already is not waited for.
      TaskId late =
          site.tasks.submit(tell, new Word("4"), SubmitOptions.defaults().withAfter(third)).id();
      site.awaitEnd(late);
    }
  }

  @Test
  void followerWaitsForADeadTaskAndGoesOnWhenThatIsMended() throws Exception {
    broken.set(true);
    TaskId bad;
    TaskId next;
    try (var site = site()) {
      bad = site.tasks.submit(work, new Word("bad")).id();
      next =
          site.tasks.submit(tell, new Word("next"), SubmitOptions.defaults().withAfter(bad)).id();
      assertThat(site.awaitEnd(bad).state()).isEqualTo(TaskState.DEAD);
      assertThat(site.tasks.find(next).orElseThrow().state()).isEqualTo(TaskState.WAITING);
      site.die();
    }
    broken.set(false);
    try (var site = site()) {
      site.tasks.retry(bad);
      site.awaitEnd(next);
      assertThat(told).containsExactly("next ?");
    }
  }

  @Test
  void followersOfACancelledTaskAreCancelledInARow() throws Exception {
    try (var site = site()) {
      site.tasks.pause(TaskType.IO_QUEUE);
      TaskId first = site.tasks.submit(work, new Word("1")).id();
      TaskId second =
          site.tasks.submit(work, new Word("2"), SubmitOptions.defaults().withAfter(first)).id();
      TaskId third =
          site.tasks.submit(work, new Word("3"), SubmitOptions.defaults().withAfter(second)).id();
      site.tasks.cancel(first);
      TaskView last = site.awaitEnd(third);
      assertThat(last.state()).isEqualTo(TaskState.CANCELLED);
      assertThat(last.error()).contains(second.toString(), "was cancelled");
      assertThatThrownBy(() ->
              site.tasks.submit(work, new Word("4"), SubmitOptions.defaults().withAfter(first)))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("cancelled");
    }
  }
}
