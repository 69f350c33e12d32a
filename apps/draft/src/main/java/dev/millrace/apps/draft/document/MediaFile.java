package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.media.MediaInfo;

/**
 * A file that a draft is to show or play.
 *
 * @param name of the file in the draft
 * @param path of the file on the machine of the editor, with forward slashes
 */
public record MediaFile(String name, String path, MediaInfo info) {}
