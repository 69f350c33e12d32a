package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A download as clients see it. */
@Doc("A file of a draft while it is fetched.")
public record DownloadFileView(
    @Doc("Its number among the files of the draft, from 0.") int no,
    @Doc("Its link, without what may be secret.") String url,
    @Doc("waiting, active, retrying, paused, done, failed or deleted.") String state,
    @Doc("Bytes that are here.") long bytes,
    @Doc("-1 while its server has not told.") long totalBytes,
    long bytesPerSecond,
    @Doc("Until it is here, if that can be told.") @Nullable Duration eta,
    @Doc("From 1; 0 before the first.") int attempt,
    @Doc("Stable word for why it failed.") @Nullable String code,
    @Doc("Why it failed, or its last attempt did.") @Nullable String why) {}
