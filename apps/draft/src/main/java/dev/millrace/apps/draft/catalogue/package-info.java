/**
 * The client's transitions and animations that recipes may name. Their ids belong to the client and
 * are never rewritten.
 */
@NullMarked
package dev.millrace.apps.draft.catalogue;

import org.jspecify.annotations.NullMarked;
