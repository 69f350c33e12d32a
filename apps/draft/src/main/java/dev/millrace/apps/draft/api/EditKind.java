package dev.millrace.apps.draft.api;

/** What can be done to a draft. */
public enum EditKind {
  /** Another file in the place of a material. */
  REPLACE_MATERIAL,
  /** Other words in the place of a text. */
  REPLACE_TEXT,
  /** A track of another draft. */
  IMPORT_TRACK,
  /** A track of texts out of a file of subtitles. */
  IMPORT_SUBTITLES,
  /** Another draft behind this one. */
  APPEND_DRAFT,
  /** Another draft over this one. */
  LAYER_DRAFT,
  /** Pieces that were taken out of a draft. */
  ADD_PIECES
}
