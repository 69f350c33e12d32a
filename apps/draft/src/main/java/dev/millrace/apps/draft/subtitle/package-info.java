/**
 * Subtitle files: SubRip, and the part of WebVTT that is like it. Where the cues go on a timeline
 * is decided elsewhere.
 */
@NullMarked
package dev.millrace.apps.draft.subtitle;

import org.jspecify.annotations.NullMarked;
