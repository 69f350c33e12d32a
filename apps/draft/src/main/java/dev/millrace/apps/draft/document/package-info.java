/**
 * Drafts that exist already, as JSON trees: reading and writing them without loss, and what can be
 * done to them. What a tree holds that is not known here stays as it is.
 */
@NullMarked
package dev.millrace.apps.draft.document;

import org.jspecify.annotations.NullMarked;
