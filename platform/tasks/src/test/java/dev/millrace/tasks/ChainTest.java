package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that run one at a time under a name. */
class ChainTest {
  private static final SubmitOptions CHAIN = SubmitOptions.defaults().withChain("account 7");

  @TempDir Path folder;

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean mended = new AtomicBoolean();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private final TaskType<Word, Void> noting =
      TaskType.io(
              "noting",
              Word.class,
              Void.class,
              (_, word) -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                try {
                  if (word.text().startsWith("bad") && !mended.get()) {
                    throw new FatalFailure("not yet");
                  }
                  order.add(word.text());
                  return null;
                } finally {
                  atOnce.decrementAndGet();
                }
              })
          .withQueue("chains");

  private Site site() {
    return new Site(folder).start(noting);
  }

  private TaskId submit(Site site, String text) {
    return site.tasks.submit(noting, new Word(text), CHAIN).id();
  }

  private static TaskState state(Site site, TaskId id) {
    return site.tasks.find(id).orElseThrow().state();
  }

  private static long chains(Site site) {
    return site.store.<Long, RuntimeException>read(
        view -> view.number("SELECT count(*) FROM task_chains"));
  }

  private static long links(Site site) {
    return site.store.<Long, RuntimeException>read(
        view -> view.number("SELECT count(*) FROM task_links"));
  }

  @Test
  void runsOneAtATimeInTheOrderOfSubmission() throws Exception {
    try (Site site = site()) {
      var words = new ArrayList<String>();
      var drafts = new ArrayList<Submission>();
      for (int i = 0; i < 40; i++) {
        words.add("w" + i);
        drafts.add(new Submission("noting", Json.MAPPER.valueToTree(new Word("w" + i)), CHAIN));
      }
      List<TaskId> ids = site.tasks.submitAll(drafts).ids();
      site.awaitEnd(ids.getLast());
      assertThat(order).isEqualTo(words);
      assertThat(most).hasValue(1);
      assertThat(chains(site)).isZero();
    }
  }

  @Test
  void othersAreNotHeldUp() throws Exception {
    try (Site site = site()) {
      TaskId dead = submit(site, "bad");
      assertThat(site.awaitEnd(dead).state()).isEqualTo(TaskState.DEAD);
      SubmitOptions other = SubmitOptions.defaults().withChain("account 8");
      TaskId free = site.tasks.submit(noting, new Word("free"), other).id();
      assertThat(site.awaitEnd(free).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void stopsAtADeadOneUntilThatHasSucceededAlsoOverARestart() throws Exception {
    TaskId dead;
    TaskId second;
    try (Site site = site()) {
      dead = submit(site, "bad");
      second = submit(site, "second");
      assertThat(site.awaitEnd(dead).state()).isEqualTo(TaskState.DEAD);
      site.die();
    }
    try (Site site = site()) {
      TaskId third = submit(site, "third");
      assertThat(state(site, second)).isEqualTo(TaskState.WAITING);
      assertThat(state(site, third)).isEqualTo(TaskState.WAITING);
      mended.set(true);
      site.tasks.retry(dead);
      site.awaitEnd(third);
      assertThat(order).containsExactly("bad", "second", "third");
    }
  }

  @Test
  void goesOnWhenTheDeadOneIsDiscarded() throws Exception {
    try (Site site = site()) {
      TaskId dead = submit(site, "bad");
      TaskId next = submit(site, "next");
      site.awaitEnd(dead);
      site.tasks.discard(dead);
      assertThat(site.awaitEnd(next).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void goesOnWhenTheDeadOneIsDeleted() throws Exception {
    try (Site site = site()) {
      TaskId dead = submit(site, "bad");
      TaskId next = submit(site, "next");
      site.awaitEnd(dead);
      site.tasks.delete(dead);
      assertThat(site.awaitEnd(next).state()).isEqualTo(TaskState.SUCCEEDED);
      TaskId alone = submit(site, "bad");
      site.awaitEnd(alone);
      site.tasks.delete(alone);
      assertThat(site.awaitEnd(submit(site, "last")).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  /** Whoever follows a cancelled one waits for whatever that has waited for. */
  @Test
  void cancelledOneLeavesNoGap() throws Exception {
    try (Site site = site()) {
      site.tasks.pause("chains");
      TaskId first = submit(site, "first");
      TaskId second = submit(site, "second");
      TaskId third = submit(site, "third");
      site.tasks.cancel(second);
      assertThat(state(site, third)).isEqualTo(TaskState.WAITING);
      site.tasks.cancel(third);
      TaskId fourth = submit(site, "fourth");
      assertThat(state(site, fourth)).isEqualTo(TaskState.WAITING);
      assertThat(site.tasks.links(fourth).before()).containsExactly(first);
      site.tasks.resume("chains");
      site.awaitEnd(fourth);
      assertThat(order).containsExactly("first", "fourth");
    }
  }

  @Test
  void oneThatWaitsForTheOneBeforeAnywayIsLinkedOnce() throws Exception {
    try (Site site = site()) {
      site.tasks.pause("chains");
      TaskId first = submit(site, "first");
      TaskId second = site.tasks.submit(noting, new Word("second"), CHAIN.withAfter(first)).id();
      site.tasks.resume("chains");
      assertThat(site.awaitEnd(second).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  /** B needs the dead one, C needs B, and D comes behind C, which stands behind the dead one. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nobodyStaysBehindOnesThatAreCancelledWithTheDeadOne(boolean delete) throws Exception {
    try (Site site = site()) {
      TaskId dead = submit(site, "bad");
      site.awaitEnd(dead);
      SubmitOptions loose = SubmitOptions.defaults();
      TaskId b = site.tasks.submit(noting, new Word("b"), loose.withAfter(dead)).id();
      TaskId c = site.tasks.submit(noting, new Word("c"), CHAIN.withAfter(b)).id();
      TaskId d = submit(site, "d");
      if (delete) {
        site.tasks.delete(dead);
      } else {
        site.tasks.discard(dead);
      }
      assertThat(site.awaitEnd(d).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(state(site, b)).isEqualTo(TaskState.CANCELLED);
      assertThat(state(site, c)).isEqualTo(TaskState.CANCELLED);
      assertThat(links(site)).isZero();
    }
  }

  /** It waits for the one before it by its own wish, too; who follows it has its place then. */
  @Test
  void placeOfOneThatNeedsTheOneBeforeIsKeptWhenItIsCancelled() throws Exception {
    try (Site site = site()) {
      TaskId dead = submit(site, "bad");
      site.awaitEnd(dead);
      TaskId second = site.tasks.submit(noting, new Word("b"), CHAIN.withAfter(dead)).id();
      TaskId third = submit(site, "third");
      site.tasks.cancel(second);
      assertThat(site.tasks.links(third).before()).containsExactly(dead);
      mended.set(true);
      site.tasks.retry(dead);
      site.awaitEnd(third);
      assertThat(order).containsExactly("bad", "third");
    }
  }

  @Test
  void refusesWhatDoesNotGoWithIt() {
    assertThatThrownBy(() -> CHAIN.withDelay(Duration.ofSeconds(1)))
        .hasMessageContaining("chain 'account 7'")
        .hasMessageContaining("either chain or delay");
    assertThatThrownBy(() -> CHAIN.withChain("x".repeat(101))).hasMessageContaining("chain");
  }
}
