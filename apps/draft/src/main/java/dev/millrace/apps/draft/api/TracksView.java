package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** The tracks of a draft. */
@Doc("The tracks of a draft, the lowest first.")
public record TracksView(long durationMicros, int width, int height, List<TrackView> tracks) {}
