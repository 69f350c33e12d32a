package dev.millrace.apps.crew.decisions;

import dev.millrace.http.Json;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.FatalFailure;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The task that imports a folder of decisions: a backup first, then the files in chunks, each a
 * step. A step that is repeated after a crash adds nothing twice, because what is in is kept in the
 * same commits.
 */
public final class Importer {
  private static final int CHUNK = 100;
  private static final int LONGEST_NAMES = 900_000;
  private static final int LONGEST_WHY = 300;
  private static final JsonMapper JSON = Json.mapper();

  private static final String DONE =
      "SELECT count(*) FROM crew_imported WHERE task = ? AND file = ?";
  private static final String MARK =
      "INSERT INTO crew_imported (task, file, decision, origin, successor) VALUES (?, ?, ?, ?, ?)";
  private static final String IMPACT =
      "INSERT INTO crew_impacts (decision, at_ms, body) VALUES (?, ?, ?)";
  private static final String OLDER =
      "INSERT INTO crew_imported_older (task, decision, origin) VALUES (?, ?, ?)"
          + " ON CONFLICT DO NOTHING";

  /** Either of two may name the other; of several that would stand in its place the first does. */
  private static final String LINKS =
      """
      SELECT older, min(newer) FROM (
        SELECT a.decision AS older, b.decision AS newer FROM crew_imported a
        JOIN crew_imported b ON b.task = a.task AND b.origin = a.successor WHERE a.task = ?1
        UNION ALL
        SELECT a.decision, o.decision FROM crew_imported_older o
        JOIN crew_imported a ON a.task = o.task AND a.origin = o.origin WHERE o.task = ?1)
      JOIN crew_decisions d ON d.seq = older
      WHERE older <> newer AND d.status IN ('proposed', 'accepted', 'deprecated')
      GROUP BY older LIMIT 100\
      """;

  record Backup(String file) {}

  record Names(List<String> names) {}

  record Chunk(int imported, List<ImportReport.FileError> errors) {}

  record Linked(int count) {}

  private record File(String name, DecisionReader.Read read, Draft draft) {}

  private final Store store;
  private final Recorder recorder;
  private final ImportFolders folders;
  private final Path backups;
  private final InstantSource clock;

  public Importer(
      Store store, Recorder recorder, ImportFolders folders, Path backups, InstantSource clock) {
    this.store = store;
    this.recorder = recorder;
    this.folders = folders;
    this.backups = backups;
    this.clock = clock;
  }

  /** The type of the task. */
  public TaskType<ImportInput, ImportReport> type() {
    return TaskType.io("crew.import", ImportInput.class, ImportReport.class, this::run);
  }

  private ImportReport run(Run run, ImportInput input) throws Exception {
    Path folder =
        folders
            .find(input.folder())
            .orElseThrow(() ->
                new FatalFailure(
                    "the folder '" + input.folder() + "' is not there or not allowed any more"));
    String backup = run.step("backup", Backup.class, () -> backup(run)).file();
    List<String> names = run.step("files", Names.class, () -> names(folder)).names();
    int imported = 0;
    int failed = 0;
    List<ImportReport.FileError> errors = new ArrayList<>();
    for (int from = 0; from < names.size(); from += CHUNK) {
      List<String> some = names.subList(from, Math.min(names.size(), from + CHUNK));
      Chunk chunk =
          run.step(
              "files from " + from,
              Chunk.class,
              () -> importSome(run, folder, some, input.project()));
      imported += chunk.imported();
      failed += chunk.errors().size();
      for (ImportReport.FileError error : chunk.errors()) {
        if (errors.size() < ImportReport.MOST_ERRORS) {
          errors.add(error);
        }
      }
      run.progress(from + some.size(), names.size(), imported + " imported, " + failed + " failed");
    }
    int linked = run.step("links", Linked.class, () -> link(run)).count();
    return new ImportReport(
        folder.toString(), backup, names.size(), imported, failed, linked, errors);
  }

  private Backup backup(Run run) throws IOException {
    Path file = Files.createDirectories(backups).resolve("before-import-" + run.id() + ".db");
    // Left by a run that was killed while it copied.
    Files.deleteIfExists(file);
    store.backup(file);
    run.log(LogLine.Level.INFO, "backup in " + file);
    return new Backup(file.toString());
  }

  private static Names names(Path folder) throws IOException {
    List<String> names = ImportFolders.files(folder);
    int length = names.stream().mapToInt(name -> name.length() + 4).sum();
    if (names.size() > ImportFolders.MOST_FILES || length > LONGEST_NAMES) {
      throw new FatalFailure(
          "the folder holds "
              + names.size()
              + " files; import at most "
              + ImportFolders.MOST_FILES
              + " at a time, from several folders");
    }
    return new Names(names);
  }

  private Chunk importSome(Run run, Path folder, List<String> names, String project) {
    List<File> files = new ArrayList<>();
    List<ImportReport.FileError> errors = new ArrayList<>();
    for (String name : names) {
      try {
        DecisionReader.Read read = read(folder.resolve(name), project);
        files.add(new File(name, read, recorder.draft(read.decision())));
      } catch (IOException | IllegalArgumentException unusable) {
        String why = String.valueOf(unusable.getMessage());
        String shown = why.length() > LONGEST_WHY ? why.substring(0, LONGEST_WHY) + "…" : why;
        errors.add(new ImportReport.FileError(name, shown));
        run.log(LogLine.Level.WARN, name + ": " + shown);
      }
    }
    store.write(tx -> add(tx, run.id().key(), files));
    return new Chunk(files.size(), errors);
  }

  private static DecisionReader.Read read(Path file, String project) throws IOException {
    byte[] content = ImportFolders.read(file);
    String name = file.getFileName().toString();
    return name.endsWith(".md")
        ? Markdown.readFile(
            new String(content, StandardCharsets.UTF_8),
            project,
            name.substring(0, name.length() - 3))
        : DecisionReader.read(content, project);
  }

  private void add(Tx tx, long task, List<File> files) {
    List<File> fresh =
        files.stream().filter(file -> tx.number(DONE, task, file.name()) == 0).toList();
    var _ =
        recorder.insert(
            tx,
            fresh.stream().map(File::draft).toList(),
            (inner, index, seq) -> mark(inner, task, fresh.get(index), seq));
  }

  private void mark(Tx tx, long task, File file, long seq) {
    tx.update(MARK, task, file.name(), seq, origin(file), file.read().successor());
    for (String older : file.read().supersedes()) {
      tx.update(OLDER, task, seq, older);
    }
    for (Impact impact : file.read().impacts()) {
      long at = impact.at() == null ? clock.millis() : impact.at().toEpochMilli();
      tx.update(IMPACT, seq, at, JSON.writeValueAsString(impact));
    }
  }

  private static @Nullable String origin(File file) {
    Metadata metadata = file.read().decision().metadata();
    return metadata == null ? null : metadata.origin();
  }

  /** Ties those to their successors whose successor came along. */
  private Linked link(Run run) {
    record Pair(long older, long newer) {}
    int count = 0;
    while (true) {
      List<Pair> pairs =
          store.read((Snapshot view) ->
              view.query(LINKS, row -> new Pair(row.getLong(1), row.getLong(2)), run.id().key()));
      if (pairs.isEmpty()) {
        return new Linked(count);
      }
      store.write(tx -> pairs.forEach(pair -> recorder.supersede(tx, pair.older(), pair.newer())));
      count += pairs.size();
    }
  }
}
