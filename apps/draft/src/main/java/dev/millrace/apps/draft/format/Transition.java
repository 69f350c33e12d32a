package dev.millrace.apps.draft.format;

/** How one segment gives way to the next; belongs to the earlier of the two. */
public record Transition(
    String id,
    String name,
    String effectId,
    String resourceId,
    long durationMicros,
    boolean overlap) {}
