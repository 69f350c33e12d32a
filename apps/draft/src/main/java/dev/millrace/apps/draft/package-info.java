/**
 * Makes JianYing drafts out of recipes. What every application needs is in the platform, not here.
 */
@NullMarked
package dev.millrace.apps.draft;

import org.jspecify.annotations.NullMarked;
