package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.tasks.TaskFacets.Count;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FacetsTest {
  @TempDir Path folder;

  private static final TaskType<Word, Length> FATAL =
      TaskType.io(
          "word.fatal",
          Word.class,
          Length.class,
          (_, word) -> {
            throw new FatalFailure("no: " + word.text());
          });

  private static Count of(List<Count> counts, String value) {
    return counts.stream().filter(count -> count.value().equals(value)).findFirst().orElseThrow();
  }

  /** Two dead and three done in 'mail', one running and one scheduled in 'default'. */
  private static void fill(Site site) throws InterruptedException {
    SubmitOptions mail = SubmitOptions.defaults().withQueue("mail");
    for (int i = 0; i < 3; i++) {
      site.awaitEnd(
          site.tasks.submit(Site.measure(), new Word("x"), mail.withTags("a", "n" + i)).id());
    }
    for (int i = 0; i < 2; i++) {
      site.awaitEnd(site.tasks.submit(FATAL, new Word("boom " + i), mail.withTags("a")).id());
    }
    TaskId held = site.tasks.submit(site.held(), new Word("x"), SubmitOptions.defaults()).id();
    site.awaitState(held, TaskState.RUNNING);
    site.tasks.submit(
        Site.measure(), new Word("x"), SubmitOptions.defaults().withDelay(Duration.ofDays(1)));
  }

  @Test
  void eachFacetLeavesOutItsOwnPartOfTheFilter() throws Exception {
    try (var site = new Site(folder)) {
      site.start(Site.measure(), site.held(), FATAL);
      fill(site);
      TaskFacets all = site.tasks.facets(TaskFilter.all());
      assertThat(all.states())
          .contains(
              new Count("succeeded", 3, false),
              new Count("dead", 2, false),
              new Count("running", 1, false),
              new Count("ready", 0, false),
              new Count("scheduled", 1, false));
      assertThat(all.queues())
          .contains(new Count("mail", 5, false), new Count("default", 2, false));
      assertThat(all.types())
          .contains(
              new Count("word.measure", 4, false),
              new Count("word.fatal", 2, false),
              new Count("word.held", 1, false));
      assertThat(all.tags()).contains(new Count("a", 5, false), new Count("n1", 1, false));

      TaskFacets dead = site.tasks.facets(TaskFilter.all().withStates(TaskState.DEAD));
      assertThat(of(dead.states(), "succeeded").count()).isEqualTo(3);
      assertThat(of(dead.queues(), "mail").count()).isEqualTo(2);
      assertThat(of(dead.queues(), "default").count()).isZero();
      assertThat(of(dead.types(), "word.measure").count()).isZero();
      assertThat(of(dead.types(), "word.fatal").count()).isEqualTo(2);
      assertThat(of(dead.tags(), "a").count()).isEqualTo(2);

      TaskFacets tagged = site.tasks.facets(TaskFilter.all().withTag("a"));
      assertThat(of(tagged.states(), "succeeded").count()).isEqualTo(3);
      assertThat(of(tagged.types(), "word.fatal").count()).isEqualTo(2);
      assertThat(of(tagged.types(), "word.held").count()).isZero();
      assertThat(of(tagged.tags(), "n2").count()).isEqualTo(1);

      TaskFacets text = site.tasks.facets(TaskFilter.all().withText("BOOM 1"));
      assertThat(of(text.states(), "dead").count()).isEqualTo(1);
      assertThat(of(text.queues(), "mail").count()).isEqualTo(1);

      TaskFacets ready = site.tasks.facets(TaskFilter.all().withStates(TaskState.READY));
      assertThat(of(ready.types(), "word.held").count()).as("it runs").isZero();
      TaskFacets running = site.tasks.facets(TaskFilter.all().withStates(TaskState.RUNNING));
      assertThat(of(running.types(), "word.held").count()).isEqualTo(1);
      TaskFacets held = site.tasks.facets(TaskFilter.all().withType("word.held"));
      assertThat(of(held.states(), "running").count()).isEqualTo(1);
      assertThat(of(held.states(), "ready").count()).isZero();
    }
  }

  @Test
  void saysWhereItStoppedCounting() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      SubmitOptions many = SubmitOptions.defaults().withTags("many");
      for (int i = 0; i < 2; i++) {
        List<Word> words = Collections.nCopies(8_000, new Word("x"));
        site.tasks.submitAll(Site.measure(), words, many);
      }
      Signal.awaitUntil("all are done", () -> site.count("default", TaskState.SUCCEEDED) == 16_000);
      TaskFacets all = site.tasks.facets(TaskFilter.all());
      assertThat(of(all.states(), "succeeded")).isEqualTo(new Count("succeeded", 16_000, false));
      assertThat(of(all.types(), "word.measure"))
          .isEqualTo(new Count("word.measure", Facets.MOST, true));
      assertThat(of(all.tags(), "many")).isEqualTo(new Count("many", Facets.MOST, true));
      TaskFacets tagged = site.tasks.facets(TaskFilter.all().withTag("many"));
      assertThat(of(tagged.states(), "succeeded"))
          .isEqualTo(new Count("succeeded", Tally.LOOK, true));
      TaskFacets text = site.tasks.facets(TaskFilter.all().withText("many"));
      assertThat(of(text.states(), "succeeded").capped()).isTrue();
      assertThat(of(text.states(), "scheduled"))
          .as("all unfinished ones were looked at")
          .isEqualTo(new Count("scheduled", 0, false));
      TaskFacets typed =
          site.tasks.facets(TaskFilter.all().withType("word.measure").withStates(TaskState.DEAD));
      assertThat(of(typed.queues(), "default"))
          .as("the index of what is not succeeded leads")
          .isEqualTo(new Count("default", 0, false));
      TaskFacets done = site.tasks.facets(TaskFilter.all().withStates(TaskState.SUCCEEDED));
      assertThat(of(done.types(), "word.measure"))
          .isEqualTo(new Count("word.measure", Tally.LOOK, true));
    }
  }
}
