package dev.millrace.apps.draft.check;

/**
 * A place where a draft breaks a rule.
 *
 * @param file the file it is in
 * @param pointer JSON pointer into it; empty for the file itself
 * @param detail what was found there
 */
public record Finding(Rule rule, String file, String pointer, String detail) {}
