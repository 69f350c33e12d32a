package dev.millrace.apps.draft.folder;

import java.nio.file.Path;

/**
 * Where drafts lie for the person who edits them, which may be another machine than this one.
 *
 * @param root folder of all drafts there, with forward slashes and none at the end
 */
public record EditorPaths(String root) {
  /**
   * @param root folder of the drafts here
   * @param prefix folder of the drafts on the machine of the editor; blank if it is this one
   */
  public static EditorPaths of(Path root, String prefix) {
    String there = prefix.isBlank() ? root.toAbsolutePath().normalize().toString() : prefix.strip();
    return new EditorPaths(there.replace('\\', '/').replaceAll("/+$", ""));
  }

  /** Folder of one draft. */
  public String draft(String name) {
    return root + "/" + name;
  }

  /** Folder of the files of one draft. */
  public String resources(String name) {
    return draft(name) + "/" + DraftRoot.RESOURCES;
  }
}
