package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A file of a draft as clients see it. */
@Doc("A file of a draft.")
public record FileView(
    @Doc("Its place in the order of the recipe, from 0.") int no,
    @Doc("Its link, without what may be secret.") String url,
    @Doc("waiting, done or failed.") String state,
    @Doc("Bytes that are here.") long bytes,
    @Doc("Stable word for why it failed.") @Nullable String code,
    @Doc("Why it failed, and what to do.") @Nullable String why,
    @Doc("video, photo, audio or subtitles, once it was looked at.") @Nullable String kind,
    @Nullable String format,
    @Nullable Integer width,
    @Nullable Integer height,
    @Doc("Its length in microseconds; null for a photo.") @Nullable Long durationMicros) {}
