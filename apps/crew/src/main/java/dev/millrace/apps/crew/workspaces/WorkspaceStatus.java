package dev.millrace.apps.crew.workspaces;

/** Whether runs may be started in a workspace. */
public enum WorkspaceStatus {
  ACTIVE,
  /** Its branch has gone where it belongs. */
  MERGED,
  ARCHIVED
}
