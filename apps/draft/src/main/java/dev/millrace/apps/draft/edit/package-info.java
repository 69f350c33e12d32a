/**
 * Work on drafts that are in the folder of drafts: duplicates, edits, merges, imports, repairs. It
 * fetches what operations need, has the result checked, and puts it on disk as a whole.
 */
@NullMarked
package dev.millrace.apps.draft.edit;

import org.jspecify.annotations.NullMarked;
