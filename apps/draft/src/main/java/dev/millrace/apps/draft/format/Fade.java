package dev.millrace.apps.draft.format;

/** How the sound of a segment comes and goes. */
public record Fade(String id, long inMicros, long outMicros) {}
