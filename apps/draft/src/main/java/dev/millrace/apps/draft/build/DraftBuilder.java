package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.extension.TypedReader;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.FileNeed;
import dev.millrace.apps.draft.recipe.OnMissing;
import dev.millrace.apps.draft.recipe.Reading;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.records.BatchRecords;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.records.Generation;
import dev.millrace.apps.draft.records.GenerationRecords;
import dev.millrace.apps.draft.records.Pauses;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.tasks.FatalFailure;
import dev.millrace.tasks.LogLine.Level;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskHandler;
import dev.millrace.tasks.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the task that makes a draft. Thread-safe: one instance serves all runs.
 *
 * <p>Every stage is a step of the task, and what it learnt is in the tables, so that a run after a
 * crash begins with the first stage that did not end. Within the download stage the files that are
 * complete are not fetched again; a draft's folder appears by one rename, so that building twice is
 * building once.
 */
public final class DraftBuilder implements TaskHandler<BuildInput, BuildOutput> {
  private static final Logger log = LoggerFactory.getLogger(DraftBuilder.class);

  /** Attempts of a whole build; each file has attempts of its own. */
  public static final int ATTEMPTS = 3;

  /** As long as a task may wait for a signal. */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(3_650);

  private final DraftRecords records;
  private final Pauses pauses;
  private final GenerationRecords generations;
  private final StoredRules rules;
  private final BatchRecords batches;
  private final TypedReader reader;
  private final FileFetcher fetcher;
  private final FileProber prober;
  private final Assembly assembly;
  private final Workplace workplace;
  private final LiveBuilds builds;
  private final Predicate<TaskId> givenUp;
  private final InstantSource clock;

  DraftBuilder(
      DraftRecords records,
      Pauses pauses,
      GenerationRecords generations,
      StoredRules rules,
      BatchRecords batches,
      TypedReader reader,
      FileFetcher fetcher,
      FileProber prober,
      Assembly assembly,
      Workplace workplace,
      LiveBuilds builds,
      Predicate<TaskId> givenUp,
      InstantSource clock) {
    this.records = records;
    this.pauses = pauses;
    this.generations = generations;
    this.rules = rules;
    this.batches = batches;
    this.reader = reader;
    this.fetcher = fetcher;
    this.prober = prober;
    this.assembly = assembly;
    this.workplace = workplace;
    this.builds = builds;
    this.givenUp = givenUp;
    this.clock = clock;
  }

  /** What the task's trail shows of reading the recipe. */
  record Counted(int tracks, int items) {}

  /** What it shows of the files. */
  record Fetched(int files, int failed, long bytes) {}

  @Override
  public BuildOutput run(Run run, BuildInput input) throws Exception {
    if (records.find(input.name()).isEmpty()) {
      batches.adopt(input.name(), run.id());
    }
    DraftRow row =
        records
            .find(input.name())
            .orElseThrow(() ->
                new FatalFailure(
                    "there is no draft '"
                        + input.name()
                        + "'; submit recipes at /api/v1/draft/drafts, not as tasks"));
    records.reopen(row);
    try {
      return stages(run, row);
    } catch (BuildRefused e) {
      records.ended(row.task(), DraftState.FAILED, clock.instant(), e.faults());
      if (!e.keepsFiles()) {
        workplace.clear(row.name());
      }
      throw new FatalFailure(String.valueOf(e.getMessage()), e);
    } catch (Exception e) {
      tidy(run, row, e);
      throw e;
    } finally {
      builds.remove(row.name());
    }
  }

  /**
   * Removes what was loaded if nobody will come back for it. The server's stop and a failure that
   * is tried again keep it.
   */
  private void tidy(Run run, DraftRow row, Exception e) throws IOException {
    // An interrupt is often why the build ended, and would make the tidying fail as well.
    boolean interrupted = Thread.interrupted();
    try {
      boolean timeOver =
          run.deadline().map(deadline -> !clock.instant().isBefore(deadline)).orElse(false);
      if (givenUp.test(run.id())) {
        records.ended(row.task(), DraftState.CANCELLED, clock.instant(), List.of());
        workplace.clear(row.name());
      } else if (run.attempt() >= ATTEMPTS && (timeOver || !run.cancelled())) {
        records.ended(row.task(), DraftState.FAILED, clock.instant(), List.of(taskFailed(e)));
        workplace.clear(row.name());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What no recipe is to blame for, such as a full disk. */
  private static Fault taskFailed(Exception e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new Fault("", "task-failed", why);
  }

  private BuildOutput stages(Run run, DraftRow row) throws Exception {
    Reporter reporter = new Reporter(run, builds, row.name());
    reporter.at(Stage.VALIDATE, 0, 1, "reading the recipe");
    Recipe recipe = recipe(row);
    run.step(
        Stage.VALIDATE.word(),
        Counted.class,
        () -> new Counted(recipe.tracks().size(), recipe.items().size()));
    run.step(Stage.COLLECT.word(), Fetched.class, () -> collect(row, recipe));
    run.step(Stage.DOWNLOAD.word(), Fetched.class, () -> download(run, row, recipe, reporter));
    run.step(Stage.PROBE.word(), Fetched.class, () -> probe(run, row, recipe, reporter));
    Assembly.Result result =
        run.step(
            Stage.BUILD.word(), Assembly.Result.class, () -> build(run, row, recipe, reporter));
    reporter.at(Stage.CHECK, 0, 1, "checking the draft");
    run.step(Stage.CHECK.word(), () -> check(run, row, result));
    workplace.clear(row.name());
    run.finish(tx ->
        records.ready(
            tx,
            row.task(),
            clock.instant(),
            result.bytes(),
            result.durationMicros(),
            result.notes()));
    return new BuildOutput(
        row.name(),
        result.folder(),
        result.durationMicros(),
        result.tracks(),
        result.segments(),
        result.files(),
        result.bytes(),
        result.notes().size());
  }

  /** The recipe was without fault when it was sent; the rules for links may have changed since. */
  private Recipe recipe(DraftRow row) throws BuildRefused {
    JsonNode sent = JsonMapper.shared().readTree(records.recipe(row.task()));
    Generation made = generations.find(row.name()).orElse(null);
    JsonNode json =
        made == null ? sent : rules.fill(sent, made.ruleGroup(), made.ruleGroupVersion());
    Reading reading = reader.read(json);
    Recipe recipe = reading.recipe();
    if (recipe == null) {
      throw new BuildRefused(reading.faults());
    }
    return recipe;
  }

  private Fetched collect(DraftRow row, Recipe recipe) {
    List<FileRow> files = FileCollector.files(recipe);
    records.plan(row.task(), files);
    return new Fetched(files.size(), 0, 0);
  }

  private Fetched download(Run run, DraftRow row, Recipe recipe, Reporter reporter)
      throws IOException, InterruptedException, BuildRefused {
    reporter.at(Stage.DOWNLOAD, 0, 1, "downloading");
    awaitCalls(run, row);
    return keep(run, row, recipe, fetch(run, row, records.files(row.task()), reporter));
  }

  /** A task that gave way for its downloads is called back once for each time. */
  private void awaitCalls(Run run, DraftRow row) throws InterruptedException {
    for (int i = pauses.count(row.task()); i > 0; i--) {
      awaitCall(run);
    }
  }

  private static void awaitCall(Run run) throws InterruptedException {
    if (!run.awaitSignal(Pauses.SIGNAL, LONGEST_PAUSE)) {
      throw new FatalFailure(
          "nobody let the downloads go on within " + LONGEST_PAUSE.toDays() + " days");
    }
  }

  /**
   * Fetches them, or gives way while somebody has stopped their downloads: a draft that waits for a
   * person must not keep others from being built, nor use up its time.
   */
  private List<FileRow> fetch(Run run, DraftRow row, List<FileRow> files, Reporter reporter)
      throws IOException, InterruptedException {
    List<FileRow> now = files;
    while (true) {
      boolean stopped = pauses.isMarked(row.task());
      if (!stopped) {
        FetchOutcome outcome = fetcher.fetch(row.name(), now, reporter);
        now = outcome.files();
        if (!outcome.stopped()) {
          return now;
        }
      }
      records.update(row.task(), now);
      if (pauses.park(row.task())) {
        awaitCall(run);
      }
    }
  }

  private Fetched probe(Run run, DraftRow row, Recipe recipe, Reporter reporter)
      throws IOException, InterruptedException, BuildRefused {
    reporter.at(Stage.PROBE, 0, 1, "looking into the files");
    List<FileRow> files = present(run, row, records.files(row.task()), reporter);
    return keep(run, row, recipe, prober.probe(row.name(), files, reporter));
  }

  private Assembly.Result build(Run run, DraftRow row, Recipe recipe, Reporter reporter)
      throws IOException, InterruptedException, BuildRefused {
    List<FileRow> files = present(run, row, records.files(row.task()), reporter);
    reporter.at(Stage.BUILD, 0, 1, "writing the draft");
    Assembly.Result result = assembly.assemble(row, recipe, files);
    for (Note note : result.notes()) {
      run.log(Level.WARN, note.pointer() + " " + note.detail());
    }
    return result;
  }

  /** Brings back files that were here once and are gone, because somebody tidied up. */
  private List<FileRow> present(Run run, DraftRow row, List<FileRow> files, Reporter reporter)
      throws IOException, InterruptedException {
    reporter.files(files.size());
    List<FileRow> gone =
        files.stream()
            .filter(file -> file.state() != FileRow.State.FAILED)
            .filter(file -> !Files.exists(workplace.file(row.name(), file.url())))
            .toList();
    if (gone.isEmpty()) {
      return files;
    }
    Map<Integer, FileRow> back = new HashMap<>();
    for (FileRow file : fetch(run, row, gone, reporter)) {
      back.put(file.no(), file);
    }
    return files.stream()
        .map(file -> {
          FileRow again = back.get(file.no());
          return again != null && again.state() == FileRow.State.FAILED ? again : file;
        })
        .toList();
  }

  /** Writes what became of the files, and ends the build here if that is what was asked for. */
  private Fetched keep(Run run, DraftRow row, Recipe recipe, List<FileRow> files)
      throws BuildRefused {
    records.update(row.task(), files);
    Map<String, FileRow> failed = new HashMap<>();
    for (FileRow file : files) {
      if (file.state() == FileRow.State.FAILED) {
        failed.put(file.url(), file);
        run.log(Level.WARN, "file " + file.no() + ": " + file.why());
      }
    }
    if (failed.isEmpty() || recipe.onMissing() != OnMissing.FAIL) {
      long bytes = files.stream().mapToLong(FileRow::bytes).sum();
      return new Fetched(files.size(), failed.size(), bytes);
    }
    List<Fault> faults = new ArrayList<>();
    for (FileNeed need : recipe.files()) {
      FileRow file = failed.get(need.url());
      if (file != null) {
        faults.add(
            new Fault(
                need.pointer(),
                file.code() == null ? "file-missing" : file.code(),
                file.why() + "; or send onMissing \"skip\" or \"placeholder\""));
      }
    }
    throw BuildRefused.forFiles(faults.subList(0, Math.min(faults.size(), 500)));
  }

  /** A finding here is a bug of ours; the draft stays, because most findings do no harm. */
  private static void check(Run run, DraftRow row, Assembly.Result result) throws IOException {
    for (Finding finding : DraftChecker.check(Path.of(result.folder()))) {
      if (finding.rule().severity() == Rule.Severity.ERROR) {
        String text = finding.rule().word() + " " + finding.pointer() + ": " + finding.detail();
        log.warn("draft {} breaks a rule: {}", row.name(), text);
        run.log(Level.ERROR, "the checker found: " + text);
      }
    }
  }
}
