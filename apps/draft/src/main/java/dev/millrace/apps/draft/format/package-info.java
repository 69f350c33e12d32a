/**
 * The files of a JianYing draft: records of what a draft holds and the writers of its JSON. Nothing
 * here knows recipes, downloads or folders.
 */
@NullMarked
package dev.millrace.apps.draft.format;

import org.jspecify.annotations.NullMarked;
