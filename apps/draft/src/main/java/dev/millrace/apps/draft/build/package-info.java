/**
 * The task that makes a draft: from a recipe through downloads and probing to a folder. Its steps
 * are checkpoints, so a process that is killed goes on where it was.
 */
@NullMarked
package dev.millrace.apps.draft.build;

import org.jspecify.annotations.NullMarked;
