package dev.millrace.apps.draft.recipe;

/** How long a sound takes to come and to go. */
public record FadeRequest(long inMicros, long outMicros) {}
