package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.build.Live;
import dev.millrace.apps.draft.build.LiveBuilds;
import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.edit.Adoption;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.DraftZip;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.EventStream;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.tasks.TaskWatch;
import dev.millrace.tasks.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of drafts. Thread-safe. */
public final class DraftEndpoints {
  private static final String DRAFTS = "/api/v1/draft/drafts";
  private static final String DRAFT = DRAFTS + "/{name}";

  /** A recipe of 10,000 items with long texts. */
  private static final long MOST_RECIPE_BYTES = 8L << 20;

  /** How often a stream looks for news of the build, which is in memory. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Tasks tasks;
  private final DraftRecords records;
  private final DraftRoot root;
  private final LiveBuilds builds;
  private final Submission submission;
  private final Adoption adoption;
  private final Views views;

  public DraftEndpoints(
      Tasks tasks,
      DraftRecords records,
      DraftRoot root,
      LiveBuilds builds,
      Submission submission,
      Adoption adoption) {
    this.tasks = tasks;
    this.records = records;
    this.root = root;
    this.builds = builds;
    this.submission = submission;
    this.adoption = adoption;
    this.views = new Views(tasks, builds);
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(submit(), list(), find(), recipe(), files(), stream(), validate(), zip());
  }

  private Endpoint submit() {
    return Endpoint.post(DRAFTS)
        .id("submitDraft")
        .tags("draft")
        .summary("Make a draft out of a recipe")
        .description(
            "The whole recipe is checked before anything is downloaded; `errors` then lists every"
                + " place that is wrong. Times are seconds. What a recipe may hold is told in"
                + " docs/draft.md.")
        .body(ObjectNode.class, Examples.recipe())
        .maxBody(MOST_RECIPE_BYTES)
        .answers(202, DraftAccepted.class, Examples.ACCEPTED)
        .problems(DraftProblems.RECIPE_INVALID)
        .handle(request -> {
          DraftAccepted accepted = submission.submit(request.body(), request.traceparent());
          return Reply.accepted(accepted).header("Location", accepted.statusUrl());
        });
  }

  private Endpoint list() {
    return Endpoint.get(DRAFTS)
        .id("listDrafts")
        .tags("draft")
        .summary("List drafts, newest first")
        .query(DraftList.class)
        .answersPage(DraftSummary.class, Examples.SUMMARY)
        .handle(request -> {
          Cursor<DraftList.Key> cursor = Cursor.of("drafts", "", DraftList.Key.class);
          DraftList.Key key = cursor.decode(request.query().cursor());
          if (key == null) {
            adoption.look();
          }
          int limit = request.query().limit();
          long before = key == null ? Long.MAX_VALUE : key.task();
          List<DraftRow> rows = records.page(before, limit + 1);
          List<DraftRow> page = rows.subList(0, Math.min(limit, rows.size()));
          String next =
              rows.size() > limit
                  ? cursor.encode(new DraftList.Key(page.getLast().task().key()))
                  : null;
          return Reply.ok(new Page<>(page.stream().map(views::summary).toList(), next));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(DRAFT))
        .id("findDraft")
        .summary("Look at a draft")
        .answers(200, DraftView.class, Examples.VIEW)
        .handle(request -> Reply.ok(views.view(row(request.path("name")))));
  }

  private Endpoint recipe() {
    return named(Endpoint.get(DRAFT + "/recipe"))
        .id("draftRecipe")
        .summary("Read the recipe of a draft as it was sent")
        .answers(200, ObjectNode.class, Examples.recipe())
        .problems(DraftProblems.DRAFT_WITHOUT_RECIPE)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          if (row.isFolder()) {
            throw DraftProblems.DRAFT_WITHOUT_RECIPE.because(
                "The draft '" + row.name() + "' was not made by a recipe.");
          }
          String recipe = records.recipe(row.task());
          return Reply.ok(JsonMapper.shared().readTree(recipe));
        });
  }

  private Endpoint files() {
    return named(Endpoint.get(DRAFT + "/files"))
        .id("draftFiles")
        .summary("List the files of a draft and what became of each")
        .description("Those under way are in `progress.running` of the draft and in its stream.")
        .query(DraftList.class)
        .answersPage(FileView.class, Examples.FILE)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          Cursor<DraftList.FileKey> cursor =
              Cursor.of("draft-files", row.name(), DraftList.FileKey.class);
          DraftList.FileKey key = cursor.decode(request.query().cursor());
          int limit = request.query().limit();
          List<FileRow> rows = records.files(row.task(), key == null ? -1 : key.no(), limit + 1);
          List<FileRow> page = rows.subList(0, Math.min(limit, rows.size()));
          String next =
              rows.size() > limit
                  ? cursor.encode(new DraftList.FileKey(page.getLast().no()))
                  : null;
          return Reply.ok(new Page<>(page.stream().map(Views::file).toList(), next));
        });
  }

  private Endpoint stream() {
    return named(Endpoint.get(DRAFT + "/stream"))
        .id("streamDraft")
        .summary("Follow a draft while it is made")
        .answersStream(
            "`progress` while it is made, with every file under way; `draft` at the start, when its"
                + " state changes and at the end, after which the stream is over. There are no"
                + " ids: whoever comes back gets the present state first.",
            "event: progress\ndata: {\"stage\":\"download\",\"progress\":412,…}\n\n")
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          return Reply.stream(stream -> follow(stream, row));
        });
  }

  private void follow(EventStream stream, DraftRow first) throws IOException, InterruptedException {
    try (TaskWatch watch = tasks.watch(first.task())) {
      DraftState state = null;
      long version = -1;
      while (stream.isOpen()) {
        DraftView view = views.view(row(first.name()));
        if (view.state() != state) {
          state = view.state();
          stream.send(null, "draft", view);
        }
        if (state != DraftState.WAITING && state != DraftState.BUILDING) {
          return;
        }
        boolean changed = false;
        while (stream.isOpen() && !changed) {
          changed =
              watch.take(LOOK).stream().anyMatch(news -> news.state().finished())
                  || !isSame(state, first.name());
          Live live = builds.find(first.name()).orElse(null);
          if (live != null && live.version() != version) {
            version = live.version();
            stream.send(null, "progress", Views.progress(live));
          }
        }
      }
    }
  }

  /** Whether a look at the build alone, without the database, tells of no other state. */
  private boolean isSame(DraftState state, String name) {
    return builds.find(name).isPresent() == (state == DraftState.BUILDING);
  }

  private Endpoint validate() {
    return named(Endpoint.get(DRAFT + "/validate"))
        .id("validateDraft")
        .summary("Check a finished draft")
        .description("Reads the draft's files again, as they are now, and checks every rule.")
        .answers(200, DraftVerdict.class, Examples.VERDICT)
        .problems(DraftProblems.DRAFT_NOT_READY)
        .handle(request -> {
          Path folder = folder(request.path("name"));
          return Reply.ok(Views.verdict(DraftChecker.check(folder)));
        });
  }

  private Endpoint zip() {
    return named(Endpoint.get(DRAFT + "/zip"))
        .id("downloadDraft")
        .summary("Download a draft as a zip archive")
        .description("Unpack it into the folder of drafts of the editor.")
        .answersContent(200, "application/zip", "The archive, with one folder in it", null)
        .problems(DraftProblems.DRAFT_NOT_READY)
        .handle(request -> {
          String name = request.path("name");
          Path folder = folder(name);
          return Reply.download(
              name + ".zip",
              "application/zip",
              out -> {
                try (var _ = root.hold(name)) {
                  DraftZip.write(folder, out);
                }
              });
        });
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("name", "Name of the draft.", "竖屏人物图片_20261122_023000_k3f9q2")
        .problems(DraftProblems.DRAFT_NOT_FOUND);
  }

  private DraftRow row(String name) throws IOException {
    return adoption
        .find(name)
        .orElseThrow(
            () -> DraftProblems.DRAFT_NOT_FOUND.because("There is no draft '" + name + "'."));
  }

  private Path folder(String name) throws IOException {
    DraftRow row = row(name);
    return root.find(row.name())
        .orElseThrow(() ->
            DraftProblems.DRAFT_NOT_READY.because(
                "The folder of the draft '" + name + "' is not in " + root.path() + "."));
  }
}
