package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A material of a draft. */
@Doc("A material of a draft.")
public record MaterialView(
    String id,
    @Doc("The list it is in.") String list,
    @Doc("What the draft calls it, empty if nothing.") String name,
    @Doc("What it reads, if it is a text.") @Nullable String text,
    @Doc("Its path as the editor knows it.") @Nullable String path,
    @Doc("Its file within the draft's folder, for the preview.") @Nullable String file,
    @Doc("What is known of its file.") FileState fileState,
    @Nullable Long bytes,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Long durationMicros,
    @Doc("How many segments show it or refer to it.") int uses) {

  /** What is known of the file of a material. */
  public enum FileState {
    /** It needs none. */
    NONE,
    /** In the draft's folder. */
    PRESENT,
    /** In the draft's folder, but without content. */
    EMPTY,
    /** Should be in the draft's folder, and is not. */
    MISSING,
    /** Elsewhere on the machine of the editor, where nobody looks from here. */
    ELSEWHERE
  }
}
