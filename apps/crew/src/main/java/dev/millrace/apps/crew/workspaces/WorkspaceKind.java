package dev.millrace.apps.crew.workspaces;

/** What is done in a workspace. */
public enum WorkspaceKind {
  FEATURE,
  BUGFIX,
  EXPERIMENT,
  HOTFIX,
  REFACTOR
}
