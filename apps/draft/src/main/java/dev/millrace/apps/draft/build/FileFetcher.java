package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.subtitle.SubtitleReader;
import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.FailureReason;
import dev.millrace.outbound.groups.DownloadGroup;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.outbound.groups.GroupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Brings the files of a draft into its workplace. Thread-safe. */
final class FileFetcher {
  private static final Duration REPORT_EVERY = Duration.ofMillis(250);

  private final DownloadGroups groups;
  private final Workplace workplace;

  FileFetcher(DownloadGroups groups, Workplace workplace) {
    this.groups = groups;
    this.workplace = workplace;
  }

  /**
   * Fetches what is not here, as a group with the name of the draft. A file stands at its place
   * only when it is complete, so what an earlier run brought is taken as it is, without asking its
   * server again.
   *
   * @throws IOException if a file could not be kept here, which is not the fault of its link
   */
  FetchOutcome fetch(String draft, List<FileRow> files, Reporter reporter)
      throws IOException, InterruptedException {
    Map<Integer, FileRow> ended = new HashMap<>();
    List<FileRow> wanted = new ArrayList<>();
    long bytesHere = 0;
    for (FileRow file : files) {
      Path path = workplace.file(draft, file.url());
      if (Files.isRegularFile(path)) {
        long bytes = Files.size(path);
        bytesHere += bytes;
        ended.put(file.no(), file.fetched(bytes));
      } else {
        wanted.add(file);
      }
    }
    reporter.files(files.size());
    boolean stopped = false;
    if (!wanted.isEmpty()) {
      int here = ended.size();
      long bytes = bytesHere;
      List<DownloadRequest> requests = wanted.stream().map(file -> request(draft, file)).toList();
      List<GroupOutcome> outcomes;
      try (DownloadGroup group = groups.submit(draft, requests, false)) {
        outcomes =
            group.await(REPORT_EVERY, now -> reporter.downloading(here, bytes, now, group.files()));
      }
      for (int i = 0; i < wanted.size(); i++) {
        FileRow file = wanted.get(i);
        stopped |= outcomes.get(i) instanceof GroupOutcome.Paused;
        ended.put(file.no(), outcome(file, outcomes.get(i)));
      }
    }
    return new FetchOutcome(
        files.stream().map(file -> ended.getOrDefault(file.no(), file)).toList(), stopped);
  }

  private DownloadRequest request(String draft, FileRow file) {
    DownloadRequest request = DownloadRequest.of(file.url(), workplace.file(draft, file.url()));
    if (file.isAgain()) {
      request = request.withFresh(Duration.ZERO);
    }
    return file.subtitles() ? request.withMaxBytes(SubtitleReader.MOST_BYTES) : request;
  }

  private static FileRow outcome(FileRow file, GroupOutcome outcome) throws IOException {
    return switch (outcome) {
      case GroupOutcome.Done done -> file.fetched(done.file().bytes());
      case GroupOutcome.Paused _ -> file;
      case GroupOutcome.Deleted _ ->
          file.failed("download-deleted", "its download was deleted; retry the draft's downloads");
      case GroupOutcome.Failed failed -> {
        DownloadException failure = failed.failure();
        if (isOurs(failure.reason())) {
          throw new IOException("cannot keep a file: " + failure.getMessage(), failure);
        }
        String code =
            "download-" + failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        yield file.failed(code, String.valueOf(failure.getMessage()));
      }
    };
  }

  private static boolean isOurs(FailureReason reason) {
    return reason == FailureReason.DISK_FULL
        || reason == FailureReason.FILE
        || reason == FailureReason.ENGINE
        || reason == FailureReason.CANCELLED;
  }
}
