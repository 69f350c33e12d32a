/**
 * What of the client's library recipes may name: transitions, animations, masks, filters and so on.
 * Their ids belong to the client and are never rewritten.
 */
@NullMarked
package dev.millrace.apps.draft.catalogue;

import org.jspecify.annotations.NullMarked;
