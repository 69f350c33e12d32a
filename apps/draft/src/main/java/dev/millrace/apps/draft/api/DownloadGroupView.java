package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The downloads of a draft as clients see them. */
@Doc("The downloads of a draft.")
public record DownloadGroupView(
    @Doc("Name of the draft.") String name,
    @Doc("active, or paused while somebody has stopped them.") String state,
    @Doc("Files that are still to be fetched, or were in this run.") int files,
    int done,
    @Doc("Given up after all attempts.") int failed,
    @Doc("Given up by somebody.") int deleted,
    @Doc("Stopped by somebody.") int paused,
    @Doc("Under way; the rest waits for its turn.") int active,
    @Doc("Bytes that are here.") long bytes,
    @Doc("Sum of the sizes that servers told so far.") long knownBytes,
    @Doc("Over the last five seconds.") long bytesPerSecond,
    @Doc("Until all are here, if that can be told.") @Nullable Duration eta) {}
