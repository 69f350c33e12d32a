package dev.millrace.apps.draft.build;

/**
 * What the task is given; the recipe stands in a table of its own.
 *
 * @param name of the draft
 */
public record BuildInput(String name) {}
