package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.subtitle.SubtitleReader;
import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadOutcome;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.Downloads;
import dev.millrace.outbound.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Brings the files of a draft into its workplace. Thread-safe. */
final class FileFetcher {
  private final Downloads downloads;
  private final Workplace workplace;

  FileFetcher(Downloads downloads, Workplace workplace) {
    this.downloads = downloads;
    this.workplace = workplace;
  }

  /**
   * Fetches what is not here. A file stands at its place only when it is complete, so what an
   * earlier run brought is taken as it is, without asking its server again.
   *
   * @return all files, here or failed
   * @throws IOException if a file could not be kept here, which is not the fault of its link
   */
  List<FileRow> fetch(String draft, List<FileRow> files, Reporter reporter)
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
    int here = ended.size();
    long bytes = bytesHere;
    List<DownloadOutcome> outcomes =
        downloads.fetchAll(
            wanted.stream().map(file -> request(draft, file)).toList(),
            batch -> reporter.downloading(here, bytes, batch));
    for (int i = 0; i < wanted.size(); i++) {
      FileRow file = wanted.get(i);
      ended.put(file.no(), outcome(file, outcomes.get(i)));
    }
    return files.stream().map(file -> ended.getOrDefault(file.no(), file)).toList();
  }

  private DownloadRequest request(String draft, FileRow file) {
    DownloadRequest request = DownloadRequest.of(file.url(), workplace.file(draft, file.url()));
    return file.subtitles() ? request.withMaxBytes(SubtitleReader.MOST_BYTES) : request;
  }

  private static FileRow outcome(FileRow file, DownloadOutcome outcome) throws IOException {
    return switch (outcome) {
      case DownloadOutcome.Done done -> file.fetched(done.file().bytes());
      case DownloadOutcome.Failed failed -> {
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
        || reason == FailureReason.CANCELLED;
  }
}
