package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.build.Live;
import dev.millrace.apps.draft.build.LiveBuilds;
import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what is kept into what clients see. Thread-safe. */
final class Views {
  private final Tasks tasks;
  private final LiveBuilds builds;

  Views(Tasks tasks, LiveBuilds builds) {
    this.tasks = tasks;
    this.builds = builds;
  }

  DraftSummary summary(DraftRow row) {
    Optional<TaskView> task = task(row);
    Live live = builds.find(row.name()).orElse(null);
    DraftState state = state(row, task);
    return new DraftSummary(
        row.name(),
        row.title(),
        state,
        row.isFolder() ? null : row.task().toString(),
        row.createdAt(),
        row.endedAt(),
        row.items(),
        row.files(),
        row.bytes(),
        row.durationMicros(),
        row.notes().size(),
        problems(row, task).size(),
        live == null || state != DraftState.BUILDING ? null : live.progress());
  }

  DraftView view(DraftRow row) {
    Optional<TaskView> task = task(row);
    return new DraftView(
        row.name(),
        row.title(),
        state(row, task),
        row.isFolder() ? null : row.task().toString(),
        row.createdAt(),
        row.endedAt(),
        row.items(),
        row.files(),
        row.bytes(),
        row.durationMicros(),
        row.notes(),
        problems(row, task),
        row.ended() != null ? null : builds.find(row.name()).map(Views::progress).orElse(null));
  }

  /** Only an open draft depends on its task. */
  private Optional<TaskView> task(DraftRow row) {
    return row.ended() == null ? tasks.find(row.task()) : Optional.empty();
  }

  private static DraftState state(DraftRow row, Optional<TaskView> task) {
    if (row.ended() != null) {
      return row.ended();
    }
    // A task whose history is gone never came to an end that was written down.
    return task.map(TaskView::state).map(Views::state).orElse(DraftState.FAILED);
  }

  private static DraftState state(TaskState state) {
    return switch (state) {
      case SCHEDULED, WAITING, READY -> DraftState.WAITING;
      case RUNNING, RETRYING -> DraftState.BUILDING;
      case SUCCEEDED -> DraftState.READY;
      case DEAD -> DraftState.FAILED;
      case CANCELLED -> DraftState.CANCELLED;
    };
  }

  /** A task can die of something that no recipe is to blame for, such as a full disk. */
  private static List<Fault> problems(DraftRow row, Optional<TaskView> task) {
    String error = task.map(TaskView::error).orElse(null);
    boolean dead = task.map(TaskView::state).filter(TaskState.DEAD::equals).isPresent();
    return dead && row.problems().isEmpty()
        ? List.of(new Fault("", "task-failed", error == null ? "the task was given up" : error))
        : row.problems();
  }

  static DraftProgress progress(Live live) {
    return new DraftProgress(
        live.stage().word(),
        live.progress(),
        live.message(),
        live.files(),
        live.done(),
        live.failed(),
        live.bytes(),
        live.knownBytes(),
        live.bytesPerSecond(),
        live.eta(),
        live.running().stream()
            .map(file ->
                new DraftProgress.FileProgress(
                    file.url(),
                    file.state().name().toLowerCase(Locale.ROOT),
                    file.bytes(),
                    file.totalBytes(),
                    file.bytesPerSecond(),
                    file.attempt(),
                    file.why()))
            .toList());
  }

  static FileView file(FileRow row) {
    MediaInfo info = row.info();
    boolean looked = row.state() == FileRow.State.USABLE;
    return new FileView(
        row.no(),
        shown(row.url()),
        switch (row.state()) {
          case WAITING -> "waiting";
          case FETCHED, USABLE -> "done";
          case FAILED -> "failed";
        },
        row.bytes(),
        row.isAgain() ? null : row.code(),
        row.why(),
        kind(info, looked),
        info == null ? null : info.format(),
        info == null || info.width() == 0 ? null : info.width(),
        info == null || info.height() == 0 ? null : info.height(),
        info == null || info.kind() == Media.Kind.PHOTO ? null : info.durationMicros());
  }

  private static @Nullable String kind(@Nullable MediaInfo info, boolean looked) {
    if (info == null) {
      return looked ? "subtitles" : null;
    }
    return info.kind().name().toLowerCase(Locale.ROOT);
  }

  /** Queries of links often hold keys. */
  static String shown(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "?…";
  }

  static DraftVerdict verdict(List<Finding> findings) {
    int errors =
        (int)
            findings.stream()
                .filter(finding -> finding.rule().severity() == Rule.Severity.ERROR)
                .count();
    return new DraftVerdict(
        errors == 0,
        errors,
        findings.size() - errors,
        findings.stream()
            .map(finding ->
                new DraftVerdict.FindingView(
                    finding.rule().word(),
                    finding.rule().severity().name().toLowerCase(Locale.ROOT),
                    finding.rule().holds(),
                    finding.file(),
                    finding.pointer(),
                    finding.detail()))
            .toList());
  }
}
