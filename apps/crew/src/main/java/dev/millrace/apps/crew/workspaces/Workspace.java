package dev.millrace.apps.crew.workspaces;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.agents.ExecutorKind;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder, a branch and a port that the programs of several runs share. */
@Doc("A folder, a branch and a port that the programs of several runs share.")
public record Workspace(
    @Doc("Its name, and that of its folder below workspaces.") String name,
    @Doc("What is done in it.") WorkspaceKind kind,
    @Doc("Programs find it as CREW_BRANCH.") String branch,
    @Doc("No other workspace has it; programs find it as CREW_PORT.") int port,
    @Doc("Runs are started in active ones only.") WorkspaceStatus status,
    @Doc("For people.") String note,
    @Doc("Its folder, below the application's folder work.") String folder,
    @Doc("Runs that were started in it.") long runs,
    Instant createdAt,
    @Doc("When the last of them was started.") @Nullable Instant usedAt) {
  static final String FOLDER = "workspaces/";

  /** The executor as it works here: a program without a folder of its own gets this one. */
  public Executor placed(Executor executor) {
    if (executor.kind() != ExecutorKind.SHELL) {
      return executor;
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CREW_WORKSPACE", name);
    environment.put("CREW_BRANCH", branch);
    environment.put("CREW_PORT", Integer.toString(port));
    environment.putAll(executor.environment());
    return executor.placed(executor.folder() == null ? folder : executor.folder(), environment);
  }
}
