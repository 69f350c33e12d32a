package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time limits and attempts of types, set at run time; deletion by hand. */
class TypeRulesTest {
  @TempDir Path folder;

  @Test
  void aTimeLimitAndAttemptsAreSetAndHoldOverARestart() throws Exception {
    var tries = new AtomicInteger();
    var stuck =
        TaskType.io(
            "stuck",
            Word.class,
            Length.class,
            (_, _) -> {
              tries.incrementAndGet();
              new CountDownLatch(1).await();
              return new Length(1);
            });
    try (var site = new Site(folder).start(stuck)) {
      site.tasks
          .typeRules()
          .set("stuck", TypeSettings.NONE.withTimeLimit(Duration.ofMillis(20)).withAttempts(1));
      TaskView dead = site.awaitEnd(site.tasks.submit(stuck, new Word("x")).id());
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).isEqualTo("the time limit of PT0.02S was over");
      assertThat(tries).hasValue(1);
    }
    try (var site = new Site(folder).start(stuck)) {
      TypeView view = site.tasks.typeRules().find("stuck").orElseThrow();
      assertThat(view.timeLimit()).isEqualTo(Duration.ofMillis(20));
      assertThat(view.attempts()).isEqualTo(1);
      assertThat(view.retryDelay()).isEqualTo(Duration.ofSeconds(1));
      assertThat(site.awaitEnd(site.tasks.submit(stuck, new Word("x")).id()).state())
          .isEqualTo(TaskState.DEAD);

      site.tasks.typeRules().set("stuck", TypeSettings.NONE.withRetryDelay(Duration.ofHours(2)));
      assertThat(site.tasks.typeRules().list())
          .singleElement()
          .satisfies(type -> {
            assertThat(type.timeLimit()).isNull();
            assertThat(type.attempts()).isEqualTo(5);
            assertThat(type.retryDelay()).isEqualTo(Duration.ofHours(2));
          });
      site.tasks.typeRules().reset("stuck");
      assertThat(site.tasks.typeRules().find("stuck").orElseThrow().set())
          .isEqualTo(TypeSettings.NONE);
      assertThatThrownBy(() -> site.tasks.typeRules().set("stick", TypeSettings.NONE))
          .hasMessageContaining("Did you mean stuck?");
      assertThatThrownBy(() -> TypeSettings.NONE.withAttempts(0))
          .hasMessageContaining("attempts '0'");
    }
  }

  @Test
  void zeroTakesADeclaredTimeLimitAway() {
    TypeSettings none = TypeSettings.NONE.withTimeLimit(Duration.ZERO);
    assertThat(none.timeLimit(Duration.ofSeconds(1))).isNull();
    assertThat(TypeSettings.NONE.timeLimit(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void finishedTasksAreDeletedWithTheirTracesAndOthersAreRefused() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      TaskId done =
          site.tasks
              .submit(Site.measure(), new Word("x"), SubmitOptions.defaults().withTags("t"))
              .id();
      site.awaitEnd(done);
      site.tasks.delete(done);
      assertThat(site.tasks.find(done)).isEmpty();
      assertThat(site.tasks.list(TaskFilter.all().withTag("t"), 10, null).items()).isEmpty();
      assertThat(site.count("default", TaskState.SUCCEEDED)).isZero();
      assertThatThrownBy(() -> site.tasks.delete(done)).hasMessageContaining("there is no task");

      site.tasks.pause("default");
      TaskId ready = site.tasks.submit(Site.measure(), new Word("y")).id();
      TaskId behind =
          site.tasks
              .submit(Site.measure(), new Word("z"), SubmitOptions.defaults().withAfter(ready))
              .id();
      assertThatThrownBy(() -> site.tasks.delete(ready))
          .hasMessageContaining("is ready and cannot be deleted");
      site.tasks.cancel(ready);
      site.tasks.delete(ready);
      assertThat(site.tasks.find(behind).orElseThrow().state()).isEqualTo(TaskState.CANCELLED);
    }
  }
}
