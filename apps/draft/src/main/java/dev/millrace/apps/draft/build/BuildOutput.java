package dev.millrace.apps.draft.build;

/**
 * What the task answers.
 *
 * @param folder where the draft is
 * @param notes how many things a person should know
 */
public record BuildOutput(
    String name,
    String folder,
    long durationMicros,
    int tracks,
    int segments,
    int files,
    long bytes,
    int notes) {}
