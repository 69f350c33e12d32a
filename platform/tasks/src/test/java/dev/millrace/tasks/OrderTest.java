package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues that take the newest first. */
class OrderTest {
  private static final String QUEUE = TaskType.IO_QUEUE;

  @TempDir Path folder;

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  private final TaskType<Word, Length> noted =
      TaskType.io(
          "noted",
          Word.class,
          Length.class,
          (_, word) -> {
            order.add(word.text());
            return null;
          });

  private TaskId submit(Site site, String text, SubmitOptions options) {
    return site.tasks.submit(noted, new Word(text), options).id();
  }

  private TaskId submit(Site site, String text) {
    return submit(site, text, SubmitOptions.defaults());
  }

  private void drain(Site site, int count) throws InterruptedException {
    site.tasks.limitConcurrency(QUEUE, 1);
    site.tasks.resume(QUEUE);
    Signal.awaitUntil("all ran", () -> order.size() == count);
  }

  @Test
  void theNewestGoFirstAlsoBeyondTheWindowAndAfterARestart() throws Exception {
    List<Word> words = IntStream.range(0, 1_000).mapToObj(i -> new Word("" + i)).toList();
    try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20)).start(noted)) {
      site.tasks.pause(QUEUE);
      site.tasks.order(QUEUE, QueueOrder.LIFO);
      site.tasks.submitAll(noted, words, SubmitOptions.defaults());
    }
    try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20)).start(noted)) {
      assertThat(site.tasks.queues().getFirst().order()).isEqualTo(QueueOrder.LIFO);
      submit(site, "last");
      drain(site, 1_001);
      assertThat(order.getFirst()).isEqualTo("last");
      assertThat(order.subList(1, 1_001))
          .containsExactlyElementsOf(words.reversed().stream().map(Word::text).toList());
    }
  }

  @Test
  void whatWaitsKeepsItsOrderWhenThatOfTheQueueChanges() throws Exception {
    try (var site = new Site(folder).start(noted)) {
      site.tasks.pause(QUEUE);
      submit(site, "a");
      submit(site, "b");
      site.tasks.order(QUEUE, QueueOrder.LIFO);
      submit(site, "c");
      submit(site, "d");
      submit(site, "idle", SubmitOptions.defaults().withPriority(9));
      site.tasks.order(QUEUE, QueueOrder.FIFO);
      submit(site, "e");
      submit(site, "f");
      assertThat(site.tasks.queues().getFirst().order()).isEqualTo(QueueOrder.FIFO);
      drain(site, 7);
      assertThat(order).containsExactly("d", "c", "idle", "a", "b", "e", "f");
    }
  }

  @Test
  void aTaskThatMovesTakesTheOrderOfItsNewQueue() throws Exception {
    try (var site = new Site(folder).start(noted)) {
      site.tasks.pause(QUEUE);
      site.tasks.pause("stack");
      site.tasks.order("stack", QueueOrder.LIFO);
      TaskId first = submit(site, "first");
      TaskId stacked = submit(site, "stacked", SubmitOptions.defaults().withQueue("stack"));
      submit(site, "last");
      site.tasks.move(stacked, TaskMove.toQueue(QUEUE));
      assertThat(site.tasks.find(first).orElseThrow().state()).isEqualTo(TaskState.READY);
      drain(site, 3);
      assertThat(order).containsExactly("first", "stacked", "last");
    }
  }

  @Test
  void ranksRunBackwardsAndAreSmallerThanAllOthers() {
    var ranks = new Ranks(Duration.ofMinutes(1).toMillis());
    long now = 1_795_000_000_000L;
    long oldest = ranks.ofArrival("q", 0, now - Duration.ofDays(365).toMillis());
    ranks.order("q", QueueOrder.LIFO);
    long idle = ranks.ofArrival("q", 9, now);
    long first = ranks.ofArrival("q", 5, now);
    long second = ranks.ofArrival("q", 5, now);
    long later = ranks.of("q", 5, now + 1_000);
    assertThat(List.of(later, second, first, idle, oldest)).isSorted().doesNotHaveDuplicates();
    assertThat(later).isPositive();
    assertThat(ranks.ofArrival("other", 5, now)).isGreaterThan(now);
  }
}
