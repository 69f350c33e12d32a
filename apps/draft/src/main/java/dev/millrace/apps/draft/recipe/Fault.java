package dev.millrace.apps.draft.recipe;

/**
 * One thing that is wrong with a recipe.
 *
 * @param pointer JSON pointer to the place
 * @param code stable word for programs, such as {@code unknown-track}
 * @param detail the value and what to do, for people
 */
public record Fault(String pointer, String code, String detail) {}
