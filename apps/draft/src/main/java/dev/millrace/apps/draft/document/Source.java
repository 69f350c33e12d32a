package dev.millrace.apps.draft.document;

import java.util.function.UnaryOperator;

/**
 * Another draft that tracks are taken from.
 *
 * @param files brings the file of a path into the draft that takes, and returns its path there; the
 *     path itself if the file is not the other draft's own
 */
public record Source(DraftDocument draft, String name, UnaryOperator<String> files) {}
