package dev.millrace.apps.draft.build;

import dev.millrace.outbound.groups.GroupFile;
import dev.millrace.outbound.groups.GroupProgress;
import dev.millrace.tasks.Run;
import java.util.List;
import java.util.Locale;

/**
 * Tells the task and those who watch how far one build has come. Confined to the build's thread.
 */
final class Reporter {
  private final Run run;
  private final LiveBuilds builds;
  private final String draft;
  private long version;
  private int files;
  private int done;
  private int failed;
  private long bytes;

  Reporter(Run run, LiveBuilds builds, String draft) {
    this.run = run;
    this.builds = builds;
    this.draft = draft;
  }

  void files(int count) {
    files = count;
  }

  /** A stage other than downloading has come this far. */
  void at(Stage stage, long part, long total, String message) {
    int progress = stage.progress(part, total);
    run.progress(progress, Stage.WHOLE, message);
    builds.put(
        draft,
        new Live(
            ++version, stage, progress, message, files, done, failed, bytes, bytes, 0, null,
            List.of()));
  }

  /**
   * Downloading has come this far.
   *
   * @param before files that were here already
   * @param bytesBefore their bytes
   * @param all the files that were not
   */
  void downloading(int before, long bytesBefore, GroupProgress batch, List<GroupFile> all) {
    done = before + batch.done();
    failed = batch.failed() + batch.deleted();
    bytes = bytesBefore + batch.bytes();
    int progress = Stage.DOWNLOAD.progress((long) done + failed, files);
    String message =
        String.format(
            Locale.ROOT,
            "downloading: %,d of %,d files, %s/s%s",
            done,
            files,
            size(batch.bytesPerSecond()),
            failed == 0 ? "" : ", " + failed + " failed");
    run.progress(progress, Stage.WHOLE, message);
    builds.put(
        draft,
        new Live(
            ++version,
            Stage.DOWNLOAD,
            progress,
            message,
            files,
            done,
            failed,
            bytes,
            bytesBefore + batch.knownBytes(),
            batch.bytesPerSecond(),
            batch.eta().orElse(null),
            all.stream()
                .filter(file ->
                    file.state() == GroupFile.State.ACTIVE
                        || file.state() == GroupFile.State.RETRYING)
                .toList()));
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.0f KB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
  }
}
