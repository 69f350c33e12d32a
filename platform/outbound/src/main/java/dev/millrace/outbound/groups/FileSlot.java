package dev.millrace.outbound.groups;

import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadProgress;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.Downloaded;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of a group. Guarded by the lock of its group, but for {@code progress}. */
final class FileSlot {
  final int no;
  final DownloadRequest request;
  volatile @Nullable DownloadProgress progress;
  GroupFile.State state = GroupFile.State.WAITING;
  @Nullable Thread thread;
  @Nullable Downloaded file;
  @Nullable DownloadException failure;

  FileSlot(int no, DownloadRequest request) {
    this.no = no;
    this.request = request;
  }

  /** How it stands; a waiting one may be at work by what its engine says. */
  GroupFile view() {
    DownloadProgress now = progress;
    GroupFile.State shown = state;
    if (state == GroupFile.State.WAITING && now != null) {
      shown =
          switch (now.phase()) {
            case WAITING -> GroupFile.State.WAITING;
            case ACTIVE, COMPLETE -> GroupFile.State.ACTIVE;
            case RETRYING -> GroupFile.State.RETRYING;
          };
    }
    boolean runs = shown == GroupFile.State.ACTIVE;
    DownloadException failed = failure;
    Downloaded done = file;
    return new GroupFile(
        no,
        now == null ? shownUrl() : now.url(),
        shown,
        done != null ? done.bytes() : now == null ? 0 : now.bytes(),
        done != null ? done.bytes() : now == null ? -1 : now.totalBytes(),
        runs && now != null ? now.bytesPerSecond() : 0,
        now == null ? 0 : now.attempt(),
        failed == null ? null : code(failed),
        failed != null ? failed.getMessage() : now == null ? null : now.lastFailure());
  }

  GroupOutcome outcome() {
    return switch (state) {
      case DONE -> new GroupOutcome.Done(request, Objects.requireNonNull(file));
      case FAILED -> new GroupOutcome.Failed(request, Objects.requireNonNull(failure));
      case DELETED -> new GroupOutcome.Deleted(request);
      case PAUSED, WAITING, ACTIVE, RETRYING -> new GroupOutcome.Paused(request);
    };
  }

  static String code(DownloadException failure) {
    return failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String shownUrl() {
    int query = request.url().indexOf('?');
    return query < 0 ? request.url() : request.url().substring(0, query) + "?…";
  }
}
