/**
 * Subtitle files: SubRip, WebVTT, and LRC for lyrics. Where the cues go on a timeline is decided
 * elsewhere.
 */
@NullMarked
package dev.millrace.apps.draft.subtitle;

import org.jspecify.annotations.NullMarked;
