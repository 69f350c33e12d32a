package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.records.Pauses;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemException;
import dev.millrace.http.Reply;
import dev.millrace.outbound.DownloadLimits;
import dev.millrace.outbound.groups.DownloadGroup;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.outbound.groups.GroupFile;
import dev.millrace.outbound.groups.GroupProgress;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The endpoints of the downloads of drafts. Thread-safe. */
public final class DownloadEndpoints {
  private static final String DOWNLOADS = "/api/v1/draft/downloads";
  private static final String GROUP = DOWNLOADS + "/{name}";
  private static final String FILE = GROUP + "/files/{no}";
  private static final String LIMITS = "/api/v1/draft/download-limits";
  private static final int MOST_STOPPED = 1_000;
  private static final DownloadGroupView GROUP_EXAMPLE =
      new DownloadGroupView(
          Examples.NAME,
          "active",
          40,
          12,
          1,
          0,
          0,
          20,
          31_457_280,
          104_857_600,
          5_242_880,
          Duration.ofSeconds(14));
  private static final DownloadFileView FILE_EXAMPLE =
      new DownloadFileView(
          3,
          "https://cdn.example.com/4.mp4",
          "active",
          1_048_576,
          4_194_304,
          524_288,
          Duration.ofSeconds(6),
          1,
          null,
          null);
  private static final DownloadsView.DownloadLimitsView LIMITS_EXAMPLE =
      new DownloadsView.DownloadLimitsView(50, 0);

  private final Tasks tasks;
  private final DraftRecords records;
  private final Pauses pauses;
  private final DownloadGroups groups;

  public DownloadEndpoints(
      Tasks tasks, DraftRecords records, Pauses pauses, DownloadGroups groups) {
    this.tasks = tasks;
    this.records = records;
    this.pauses = pauses;
    this.groups = groups;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        list(),
        limits(),
        limit(),
        find(),
        files(),
        pause(),
        resume(),
        delete(),
        retryFailed(),
        pauseFile(),
        resumeFile(),
        deleteFile());
  }

  private Endpoint list() {
    return Endpoint.get(DOWNLOADS)
        .id("listDownloads")
        .tags("draft")
        .summary("Look at all downloads")
        .answers(
            200,
            DownloadsView.class,
            new DownloadsView("built-in", LIMITS_EXAMPLE, null, List.of(GROUP_EXAMPLE)))
        .handle(_ -> {
          Map<String, DownloadGroupView> views = new HashMap<>();
          List<DownloadGroupView> shown = new ArrayList<>();
          for (DownloadGroup group : groups.all()) {
            views.put(group.name(), view(group.progress()));
          }
          shown.addAll(views.values());
          for (String name : pauses.names(MOST_STOPPED)) {
            if (!views.containsKey(name)) {
              records.find(name).map(this::stopped).ifPresent(shown::add);
            }
          }
          shown.sort((a, b) -> a.name().compareTo(b.name()));
          return Reply.ok(
              new DownloadsView(
                  groups.engine().name(),
                  view(groups.limits()),
                  groups.engine().trouble().orElse(null),
                  shown));
        });
  }

  private Endpoint limits() {
    return Endpoint.get(LIMITS)
        .id("downloadLimits")
        .tags("draft")
        .summary("Look at the limits of all downloads")
        .answers(200, DownloadsView.DownloadLimitsView.class, LIMITS_EXAMPLE)
        .handle(_ -> Reply.ok(view(groups.limits())));
  }

  private Endpoint limit() {
    return Endpoint.put(LIMITS)
        .id("limitDownloads")
        .tags("draft")
        .summary("Change the limits of all downloads")
        .description(
            "Holds for what is under way as well, until the server is started anew: what the"
                + " configuration says then are `draft.downloads.concurrency` and"
                + " `draft.downloads.bytes-per-second`.")
        .body(DownloadsView.DownloadLimitsView.class, LIMITS_EXAMPLE)
        .answers(200, DownloadsView.DownloadLimitsView.class, LIMITS_EXAMPLE)
        .problems(DraftProblems.LIMITS_INVALID)
        .handle(request -> {
          try {
            var wanted = request.body();
            groups.limit(new DownloadLimits(wanted.files(), wanted.bytesPerSecond()));
          } catch (IllegalArgumentException e) {
            throw DraftProblems.LIMITS_INVALID.because(e.getMessage() + ".");
          }
          return Reply.ok(view(groups.limits()));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(GROUP))
        .id("findDownloads")
        .summary("Look at the downloads of a draft")
        .answers(200, DownloadGroupView.class, GROUP_EXAMPLE)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          Optional<DownloadGroup> group = groups.find(row.name());
          if (group.isEmpty() && !isStopped(row)) {
            throw notUnderWay(row.name());
          }
          return Reply.ok(group.map(live -> view(live.progress())).orElseGet(() -> stopped(row)));
        });
  }

  private Endpoint files() {
    return named(Endpoint.get(GROUP + "/files"))
        .id("downloadFiles")
        .summary("List the files of a draft and how far each download is")
        .query(DraftList.class)
        .answersPage(DownloadFileView.class, FILE_EXAMPLE)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          Cursor<DraftList.FileKey> cursor =
              Cursor.of("draft-downloads", row.name(), DraftList.FileKey.class);
          DraftList.FileKey key = cursor.decode(request.query().cursor());
          int limit = request.query().limit();
          List<FileRow> rows = records.files(row.task(), key == null ? -1 : key.no(), limit + 1);
          List<FileRow> page = rows.subList(0, Math.min(limit, rows.size()));
          String next =
              rows.size() > limit
                  ? cursor.encode(new DraftList.FileKey(page.getLast().no()))
                  : null;
          Map<String, GroupFile> live = live(row.name());
          boolean stopped = isStopped(row);
          return Reply.ok(
              new Page<>(
                  page.stream().map(file -> view(file, live.get(file.url()), stopped)).toList(),
                  next));
        });
  }

  private Endpoint pause() {
    return named(Endpoint.post(GROUP + "/pause"))
        .id("pauseDownloads")
        .summary("Stop the downloads of a draft")
        .description(
            "What was loaded is kept. The draft gives its place to others and waits, over restarts"
                + " of the server too, until its downloads are resumed.")
        .answers(200, CountView.class, new CountView(28))
        .problems(DraftProblems.DRAFT_OVER)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          mark(row);
          return Reply.ok(
              new CountView(groups.find(row.name()).map(DownloadGroup::pause).orElse(0)));
        });
  }

  private Endpoint resume() {
    return named(Endpoint.post(GROUP + "/resume"))
        .id("resumeDownloads")
        .summary("Go on with the downloads of a draft")
        .answers(200, CountView.class, new CountView(28))
        .problems(DraftProblems.DRAFT_OVER)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          return Reply.ok(new CountView(resume(row)));
        });
  }

  private Endpoint delete() {
    return named(Endpoint.delete(GROUP))
        .id("deleteDownloads")
        .summary("Give up what a draft has not fetched yet")
        .description(
            "The files count as missing, and `onMissing` of the recipe says what becomes of the"
                + " draft. To give up the whole draft, cancel its task.")
        .answers(200, CountView.class, new CountView(28))
        .handle(request -> Reply.ok(new CountView(group(request.path("name")).delete())));
  }

  private Endpoint retryFailed() {
    return named(Endpoint.post(GROUP + "/retry-failed"))
        .id("retryDownloads")
        .summary("Try failed downloads again while others are under way")
        .description("After the draft has failed, use `retry-downloads` of the draft.")
        .answers(200, CountView.class, new CountView(1))
        .handle(request -> Reply.ok(new CountView(group(request.path("name")).retryFailed())));
  }

  private Endpoint pauseFile() {
    return file(Endpoint.post(FILE + "/pause"))
        .id("pauseDownload")
        .summary("Stop one download")
        .description("If it is the last, the draft waits as if all were stopped.")
        .answers(200, CountView.class, new CountView(1))
        .problems(DraftProblems.DRAFT_OVER)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          DownloadGroup group = group(row.name());
          int place = place(row, group, request.path("no"));
          mark(row);
          return Reply.ok(new CountView(group.pause(place) ? 1 : 0));
        });
  }

  private Endpoint resumeFile() {
    return file(Endpoint.post(FILE + "/resume"))
        .id("resumeDownload")
        .summary("Go on with one download")
        .answers(200, CountView.class, new CountView(1))
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          DownloadGroup group = group(row.name());
          return Reply.ok(
              new CountView(group.resume(place(row, group, request.path("no"))) ? 1 : 0));
        });
  }

  private Endpoint deleteFile() {
    return file(Endpoint.delete(FILE))
        .id("deleteDownload")
        .summary("Give up one download")
        .answers(200, CountView.class, new CountView(1))
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          DownloadGroup group = group(row.name());
          return Reply.ok(
              new CountView(group.delete(place(row, group, request.path("no"))) ? 1 : 0));
        });
  }

  private void mark(DraftRow row) {
    if (row.isFolder() || !pauses.mark(row.task())) {
      throw DraftProblems.DRAFT_OVER.because(
          "The draft '" + row.name() + "' is over: nothing of it is downloaded any more.");
    }
  }

  private int resume(DraftRow row) {
    if (row.isFolder() || row.ended() != null) {
      throw DraftProblems.DRAFT_OVER.because(
          "The draft '" + row.name() + "' is over: nothing of it is downloaded any more.");
    }
    boolean gaveWay = pauses.clear(row.task());
    int live = groups.find(row.name()).map(DownloadGroup::resume).orElse(0);
    if (gaveWay) {
      try {
        tasks.signal(row.task(), Pauses.SIGNAL, null);
      } catch (TaskException e) {
        throw DraftProblems.DRAFT_OVER.because(String.valueOf(e.getMessage()));
      }
    }
    return live;
  }

  private boolean isStopped(DraftRow row) {
    return !row.isFolder() && row.ended() == null && pauses.isMarked(row.task());
  }

  private DownloadGroup group(String name) {
    return groups.find(row(name).name()).orElseThrow(() -> notUnderWay(name));
  }

  private static ProblemException notUnderWay(String name) {
    return DraftProblems.DOWNLOADS_NOT_FOUND.because(
        "Nothing of the draft '" + name + "' is being downloaded.");
  }

  private int place(DraftRow row, DownloadGroup group, String no) {
    OptionalInt place = OptionalInt.empty();
    if (no.matches("\\d{1,6}")) {
      List<FileRow> files = records.files(row.task(), Integer.parseInt(no) - 1, 1);
      if (!files.isEmpty() && files.getFirst().no() == Integer.parseInt(no)) {
        place = group.find(files.getFirst().url());
      }
    }
    return place.orElseThrow(() ->
        DraftProblems.DOWNLOADS_NOT_FOUND.because(
            "The file '" + no + "' of the draft '" + row.name() + "' is not being downloaded."));
  }

  private Map<String, GroupFile> live(String name) {
    Map<String, GroupFile> live = new HashMap<>();
    groups
        .find(name)
        .ifPresent(group -> {
          List<String> urls = group.urls();
          for (GroupFile file : group.files()) {
            live.put(urls.get(file.no()), file);
          }
        });
    return live;
  }

  private static DownloadFileView view(FileRow row, @Nullable GroupFile live, boolean stopped) {
    if (live != null) {
      return new DownloadFileView(
          row.no(),
          live.url(),
          live.state().name().toLowerCase(Locale.ROOT),
          live.bytes(),
          live.totalBytes(),
          live.bytesPerSecond(),
          live.eta().orElse(null),
          live.attempt(),
          live.code(),
          live.why());
    }
    String state =
        switch (row.state()) {
          case WAITING -> stopped ? "paused" : "waiting";
          case FETCHED, USABLE -> "done";
          case FAILED -> "failed";
        };
    boolean here = state.equals("done");
    return new DownloadFileView(
        row.no(),
        Views.shown(row.url()),
        state,
        row.bytes(),
        here ? row.bytes() : -1,
        0,
        null,
        0,
        row.isAgain() ? null : row.code(),
        row.why());
  }

  private DownloadGroupView stopped(DraftRow row) {
    int done = 0;
    int failed = 0;
    long bytes = 0;
    List<FileRow> files = records.files(row.task());
    for (FileRow file : files) {
      done += file.state() == FileRow.State.FETCHED || file.state() == FileRow.State.USABLE ? 1 : 0;
      failed += file.state() == FileRow.State.FAILED ? 1 : 0;
      bytes += file.bytes();
    }
    return new DownloadGroupView(
        row.name(),
        "paused",
        files.size(),
        done,
        failed,
        0,
        files.size() - done - failed,
        0,
        bytes,
        bytes,
        0,
        null);
  }

  private static DownloadGroupView view(GroupProgress now) {
    boolean stopped = now.paused() > 0 && now.active() == 0 && !now.isOver();
    return new DownloadGroupView(
        now.group(),
        stopped ? "paused" : "active",
        now.files(),
        now.done(),
        now.failed(),
        now.deleted(),
        now.paused(),
        now.active(),
        now.bytes(),
        now.knownBytes(),
        now.bytesPerSecond(),
        now.eta().orElse(null));
  }

  private static DownloadsView.DownloadLimitsView view(DownloadLimits limits) {
    return new DownloadsView.DownloadLimitsView(limits.files(), limits.bytesPerSecond());
  }

  private EndpointBuilder<Void, Void> file(EndpointBuilder<Void, Void> endpoint) {
    return named(endpoint).path("no", "Number of the file.", "3");
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("name", "Name of the draft.", Examples.NAME)
        .problems(DraftProblems.DRAFT_NOT_FOUND, DraftProblems.DOWNLOADS_NOT_FOUND);
  }

  private DraftRow row(String name) {
    return records
        .find(name)
        .orElseThrow(
            () -> DraftProblems.DRAFT_NOT_FOUND.because("There is no draft '" + name + "'."));
  }
}
