/**
 * Turns a recipe and the files that were found for it into a draft: every time is worked out here,
 * and every rule for files that are missing or too short. Nothing here reads or writes files.
 */
@NullMarked
package dev.millrace.apps.draft.timeline;

import org.jspecify.annotations.NullMarked;
