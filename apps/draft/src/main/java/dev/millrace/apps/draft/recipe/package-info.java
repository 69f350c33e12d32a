/**
 * What people ask for: recipes read from JSON and checked as a whole, so that every problem is
 * answered at once. Nothing here downloads or looks at files.
 */
@NullMarked
package dev.millrace.apps.draft.recipe;

import org.jspecify.annotations.NullMarked;
