package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.util.Map;

/** Adds to the documents of a draft before they are written. */
@FunctionalInterface
public interface Addition {
  /**
   * The documents as they are to be.
   *
   * @param content as the recipe made it
   * @param meta as the recipe made it
   * @return by the names of their files
   */
  Map<String, byte[]> add(byte[] content, byte[] meta) throws IOException;

  /** Adds nothing. */
  static Addition none() {
    return (content, meta) ->
        Map.of(DraftRoot.CONTENT, content, DraftRoot.INFO, content, DraftRoot.META, meta);
  }
}
