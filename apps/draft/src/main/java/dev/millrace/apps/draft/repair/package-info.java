/**
 * Mends drafts that break rules of the checker, where that is safe: where there is one right answer
 * that loses nothing.
 */
@NullMarked
package dev.millrace.apps.draft.repair;

import org.jspecify.annotations.NullMarked;
