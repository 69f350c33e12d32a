package dev.millrace.apps.draft.repair;

import dev.millrace.apps.draft.check.Rule;

/**
 * Something that a repair changes.
 *
 * @param file the document it is in
 * @param pointer JSON pointer into it, as the document was; empty for the whole file
 * @param what is done there
 */
public record Change(Rule rule, String file, String pointer, String what) {}
