package dev.millrace.apps.draft.subtitle;

/**
 * A text and when it shows.
 *
 * @param endMicros after its start
 */
public record Cue(long startMicros, long endMicros, String text) {}
