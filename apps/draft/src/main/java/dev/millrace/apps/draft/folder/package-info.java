/**
 * Folders of drafts on disk: their names, how they are written so that there is never half a one,
 * and how they leave as an archive.
 */
@NullMarked
package dev.millrace.apps.draft.folder;

import org.jspecify.annotations.NullMarked;
