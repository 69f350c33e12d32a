/** Puts extensions of others in their places: material types and what else their jars bring. */
@NullMarked
package dev.millrace.apps.draft.extension;

import org.jspecify.annotations.NullMarked;
