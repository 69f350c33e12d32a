/** Removes what is over and no longer kept. What is in use is never touched. */
@NullMarked
package dev.millrace.apps.draft.upkeep;

import org.jspecify.annotations.NullMarked;
