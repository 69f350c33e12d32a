package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.media.MediaProbe;
import dev.millrace.apps.draft.media.UnusableMediaException;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.subtitle.SubtitleReader;
import dev.millrace.apps.draft.subtitle.UnusableSubtitlesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks into the files of a draft. Thread-safe. */
final class FileProber {
  /** Files at a time: mostly waiting for the disk. */
  private static final int AT_ONCE = 8;

  private static final int REPORT_EVERY = 50;

  private final MediaProbe probe;
  private final Workplace workplace;

  FileProber(MediaProbe probe, Workplace workplace) {
    this.probe = probe;
    this.workplace = workplace;
  }

  /** The same files; those that were fetched are now usable or failed. */
  List<FileRow> probe(String draft, List<FileRow> files, Reporter reporter)
      throws IOException, InterruptedException {
    try (ExecutorService probers =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("draft-probe-", 0).factory())) {
      List<Future<FileRow>> looks = new ArrayList<>();
      for (FileRow file : files) {
        Callable<FileRow> look =
            () -> file.state() == FileRow.State.FETCHED ? probe(draft, file) : file;
        looks.add(probers.submit(look));
      }
      List<FileRow> probed = new ArrayList<>();
      try {
        for (Future<FileRow> look : looks) {
          probed.add(look.get());
          if (probed.size() % REPORT_EVERY == 0) {
            reporter.at(Stage.PROBE, probed.size(), files.size(), "looking into the files");
          }
        }
      } catch (ExecutionException e) {
        probers.shutdownNow();
        throw new IOException("cannot look into a file: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        probers.shutdownNow();
        throw e;
      }
      return probed;
    }
  }

  private FileRow probe(String draft, FileRow file) throws IOException {
    Path path = workplace.file(draft, file.url());
    try {
      if (file.subtitles()) {
        var _ = SubtitleReader.read(Files.readAllBytes(path));
        return file.usable(null);
      }
      return file.usable(probe.probe(path));
    } catch (UnusableMediaException e) {
      return file.failed(e.code(), String.valueOf(e.getMessage()));
    } catch (UnusableSubtitlesException e) {
      return file.failed("subtitles-unusable", String.valueOf(e.getMessage()));
    }
  }
}
