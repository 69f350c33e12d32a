package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All downloads as clients see them. */
@Doc("What fetches files, and for whom.")
public record DownloadsView(
    @Doc("built-in, aria2, or an engine that a jar brought.") String engine,
    DownloadLimitsView limits,
    @Doc("What keeps the engine from its work and what to do, if anything does.")
        @Nullable String trouble,
    @Doc("Drafts whose files are being fetched, and those whose downloads are stopped.")
        List<DownloadGroupView> groups) {

  /** What holds for all of them together. */
  @Doc("What holds for all downloads together.")
  public record DownloadLimitsView(
      @Doc("Files at one time, 1 to 10000.") int files,
      @Doc("Of all together; 0 for as fast as it goes, else at least 65536.")
          long bytesPerSecond) {}
}
