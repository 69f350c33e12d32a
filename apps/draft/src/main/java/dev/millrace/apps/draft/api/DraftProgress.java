package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a draft is. */
@Doc("How far a draft is.")
public record DraftProgress(
    @Doc("validate, collect, download, probe, build or check.") String stage,
    @Doc("Of the whole, in thousandths.") int progress,
    String message,
    @Doc("Files in all.") int files,
    @Doc("Files that are here.") int done,
    @Doc("Files that were given up.") int failed,
    @Doc("Bytes loaded so far.") long bytes,
    @Doc("Sum of the sizes that servers told so far.") long knownBytes,
    long bytesPerSecond,
    @Doc("Until all files are here, if that can be told.") @Nullable Duration eta,
    @Doc("Files under way.") List<FileProgress> running) {

  /** A file under way. */
  @Doc("A file under way.")
  public record FileProgress(
      @Doc("Its link, without what may be secret.") String url,
      @Doc("waiting, active, retrying or complete.") String phase,
      long bytes,
      @Doc("-1 while its server has not told.") long totalBytes,
      long bytesPerSecond,
      int attempt,
      @Doc("Why the attempt before failed.") @Nullable String lastFailure) {}
}
