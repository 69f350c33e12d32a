package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.decisions.Decision;
import dev.millrace.apps.crew.decisions.DecisionId;
import dev.millrace.apps.crew.decisions.Decisions;
import dev.millrace.apps.crew.decisions.ImportFolders;
import dev.millrace.apps.crew.decisions.ImportInput;
import dev.millrace.apps.crew.decisions.ImportReport;
import dev.millrace.apps.crew.decisions.Markdown;
import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.apps.crew.decisions.Recorded;
import dev.millrace.apps.crew.decisions.Recorder;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.store.Written;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Decisions out to Markdown, and in from files. */
public final class ArchiveEndpoints {
  private static final int PAGE = 200;
  private static final String MARKDOWN = "text/markdown; charset=utf-8";

  private final Recorder recorder;
  private final Decisions decisions;
  private final Tasks tasks;
  private final TaskType<ImportInput, ImportReport> type;
  private final ImportFolders folders;

  public ArchiveEndpoints(
      Recorder recorder,
      Decisions decisions,
      Tasks tasks,
      TaskType<ImportInput, ImportReport> type,
      ImportFolders folders) {
    this.recorder = recorder;
    this.decisions = decisions;
    this.tasks = tasks;
    this.type = type;
    this.folders = folders;
  }

  public List<Endpoint> all() {
    return List.of(markdown(), zip(), read(), importFolder());
  }

  private Endpoint markdown() {
    return DecisionEndpoints.named(Endpoint.get(DecisionEndpoints.DECISION + "/markdown"))
        .id("decisionMarkdown")
        .summary("Read a decision as Markdown")
        .answersContent(200, MARKDOWN, "The decision in the style of MADR", "# Use SQLite…")
        .handle(request -> {
          DecisionId id = DecisionEndpoints.id(request.path("id"));
          Decision decision = decisions.find(id).orElseThrow(() -> DecisionEndpoints.missing(id));
          return Reply.text(200, Markdown.write(decision), MARKDOWN);
        });
  }

  private Endpoint zip() {
    return Endpoint.get(DecisionEndpoints.DECISIONS + "/export")
        .id("exportDecisions")
        .tags("crew")
        .summary("Download all decisions as Markdown, one file a decision")
        .query(DecisionBodies.ExportQuery.class)
        .answersContent(200, "application/zip", "The archive, with a folder a project", null)
        .handle(request -> {
          String project = request.query().project();
          return Reply.download("decisions.zip", "application/zip", out -> write(out, project));
        });
  }

  private void write(OutputStream out, @Nullable String project) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      long after = 0;
      List<Decisions.Exported> page = decisions.export(project, after, PAGE);
      while (!page.isEmpty()) {
        for (Decisions.Exported each : page) {
          zip.putNextEntry(new ZipEntry(fileName(each.decision())));
          zip.write(Markdown.write(each.decision()).getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
          after = each.place();
        }
        page = decisions.export(project, after, PAGE);
      }
    }
  }

  /** Such as {@code shop/ADR-0042-use-sqlite.md}. */
  static String fileName(Decision decision) {
    StringBuilder slug = new StringBuilder();
    for (int c :
        decision.title().strip().toLowerCase(java.util.Locale.ROOT).codePoints().toArray()) {
      if (Character.isLetterOrDigit(c)) {
        slug.appendCodePoint(c);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
        slug.append('-');
      }
      if (slug.length() >= 50) {
        break;
      }
    }
    return decision.project()
        + "/"
        + decision.number()
        + (slug.isEmpty() ? "" : "-" + slug)
        + ".md";
  }

  private Endpoint read() {
    return Endpoint.post(DecisionEndpoints.DECISIONS + "/markdown")
        .id("recordMarkdown")
        .tags("crew")
        .summary("Record a decision from Markdown in the style of MADR")
        .body(DecisionBodies.Text.class, Examples.TEXT)
        .answers(201, DecisionBodies.One.class, Examples.RECORDED)
        .problems(CrewProblems.MARKDOWN_INVALID)
        .handle(request -> {
          Written<Recorded> made = recorder.record(decision(request.body()));
          Recorded one = made.value();
          return Reply.created(
              DecisionEndpoints.DECISIONS + "/" + one.id(),
              new DecisionBodies.One(one.id(), one.number(), made.position()));
        });
  }

  private static NewDecision decision(DecisionBodies.Text body) {
    try {
      return Markdown.read(body.text(), body.project());
    } catch (IllegalArgumentException none) {
      throw CrewProblems.MARKDOWN_INVALID.because(none.getMessage() + ".");
    }
  }

  private Endpoint importFolder() {
    return Endpoint.post(DecisionEndpoints.DECISIONS + "/import")
        .id("importDecisions")
        .tags("crew")
        .summary("Import a folder of JSON and Markdown files, as a task")
        .description(
            "The database is backed up first. Files that cannot be read are left out and listed in"
                + " the task's result with the reason.")
        .body(DecisionBodies.Import.class, new DecisionBodies.Import("2026", "shop"))
        .answers(202, DecisionBodies.Accepted.class, Examples.ACCEPTED)
        .problems(CrewProblems.FOLDER_REFUSED)
        .handle(request -> {
          String folder = request.body().folder();
          if (folders.find(folder).isEmpty()) {
            throw CrewProblems.FOLDER_REFUSED.because(
                "There is no folder '" + folder + "' among those that are allowed.");
          }
          TaskId task =
              tasks
                  .submit(
                      type,
                      new ImportInput(folder, request.body().project()),
                      SubmitOptions.defaults()
                          .withTags("crew")
                          .withTraceparent(request.traceparent()))
                  .id();
          return Reply.accepted(
              new DecisionBodies.Accepted(task.toString(), "/api/v1/tasks/" + task));
        });
  }
}
