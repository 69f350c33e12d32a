package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.workspaces.WorkspaceKind;
import dev.millrace.apps.crew.workspaces.WorkspaceStatus;
import dev.millrace.apps.crew.workspaces.Workspaces;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import org.jspecify.annotations.Nullable;

/** What the endpoints of workspaces take. */
public final class WorkspaceBodies {
  /** What a branch may be called; programs get it as it is. */
  static final String BRANCH = "[A-Za-z0-9][A-Za-z0-9._/-]{0,199}";

  private WorkspaceBodies() {}

  /** A new workspace. */
  @Doc("A new workspace.")
  public record Added(
      @Doc("Its name, and that of its folder.")
          @Pattern(
              value = Workspaces.NAME,
              says = "up to 60 small letters, digits, dots, dashes, _")
          String name,
      @Doc("What is done in it.") WorkspaceKind kind,
      @Doc("By default kind and name, such as feature/login.")
          @Nullable
          @Pattern(value = BRANCH, says = "letters, digits, dots, dashes, _ and /")
          String branch,
      @Doc("A free one by default.") @Nullable @Range(min = 1_024, max = 65_535) Integer port,
      @Doc("For people.") @Default("") @Size(max = 1_000) String note) {

    Workspaces.Traits traits() {
      return new Workspaces.Traits(kind, branch, port, WorkspaceStatus.ACTIVE, note);
    }
  }

  /** What is said about a workspace. */
  @Doc("What is said about a workspace.")
  public record Changed(
      @Doc("What is done in it.") WorkspaceKind kind,
      @Doc("By default kind and name, such as feature/login.")
          @Nullable
          @Pattern(value = BRANCH, says = "letters, digits, dots, dashes, _ and /")
          String branch,
      @Doc("By default the one it has.") @Nullable @Range(min = 1_024, max = 65_535) Integer port,
      @Doc("Runs are started in active ones only.") @Default("active") WorkspaceStatus status,
      @Doc("For people.") @Default("") @Size(max = 1_000) String note) {

    Workspaces.Traits traits() {
      return new Workspaces.Traits(kind, branch, port, status, note);
    }
  }
}
