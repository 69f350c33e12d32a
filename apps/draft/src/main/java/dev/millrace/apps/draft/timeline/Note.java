package dev.millrace.apps.draft.timeline;

/**
 * Something that a person should know about a draft although it was built.
 *
 * @param pointer JSON pointer into the recipe
 * @param code stable word for programs, such as {@code skipped}
 * @param detail what was done and why
 */
public record Note(String pointer, String code, String detail) {}
