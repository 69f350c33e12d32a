package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.workspaces.Workspace;
import dev.millrace.apps.crew.workspaces.WorkspaceKind;
import dev.millrace.apps.crew.workspaces.WorkspaceStatus;
import dev.millrace.apps.crew.workspaces.Workspaces;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import java.time.Instant;
import java.util.List;

/** Workspaces that runs share. */
public final class WorkspaceEndpoints {
  private static final String WORKSPACES = "/api/v1/crew/workspaces";
  private static final String WORKSPACE = WORKSPACES + "/{name}";
  private static final Workspace EXAMPLE =
      new Workspace(
          "login",
          WorkspaceKind.FEATURE,
          "feature/login",
          4_100,
          WorkspaceStatus.ACTIVE,
          "",
          "workspaces/login",
          3,
          Instant.parse("2026-11-22T02:30:00Z"),
          Instant.parse("2026-11-22T08:00:00Z"));

  private final Workspaces workspaces;

  public WorkspaceEndpoints(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  public List<Endpoint> all() {
    return List.of(list(), add(), find(), change(), remove());
  }

  private Endpoint list() {
    return Endpoint.get(WORKSPACES)
        .id("listWorkspaces")
        .tags("crew")
        .summary("List workspaces, newest first")
        .answersPage(Workspace.class, EXAMPLE)
        .handle(_ -> Reply.ok(new Page<>(workspaces.all(), null)));
  }

  private Endpoint add() {
    return Endpoint.post(WORKSPACES)
        .id("addWorkspace")
        .tags("crew")
        .summary("Make a workspace with a port that no other one has")
        .body(
            WorkspaceBodies.Added.class,
            new WorkspaceBodies.Added("login", WorkspaceKind.FEATURE, null, null, ""))
        .answers(201, Workspace.class, EXAMPLE)
        .problems(CrewProblems.WORKSPACE_EXISTS, CrewProblems.PORT_TAKEN)
        .handle(request -> {
          String name = request.body().name();
          if (workspaces.find(name).isPresent()) {
            throw CrewProblems.WORKSPACE_EXISTS.because(
                "There is a workspace '" + name + "' already.");
          }
          return Reply.created(WORKSPACES + "/" + name, put(name, request.body().traits()));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(WORKSPACE))
        .id("findWorkspace")
        .summary("Look at a workspace")
        .answers(200, Workspace.class, EXAMPLE)
        .handle(request -> Reply.ok(require(request.path("name"))));
  }

  private Endpoint change() {
    return named(Endpoint.put(WORKSPACE))
        .id("changeWorkspace")
        .summary("Change what is said about a workspace")
        .body(
            WorkspaceBodies.Changed.class,
            new WorkspaceBodies.Changed(
                WorkspaceKind.FEATURE, "feature/login", 4_100, WorkspaceStatus.MERGED, ""))
        .answers(200, Workspace.class, EXAMPLE)
        .problems(CrewProblems.PORT_TAKEN)
        .handle(request -> {
          Workspace known = require(request.path("name"));
          return Reply.ok(put(known.name(), request.body().traits()));
        });
  }

  private Endpoint remove() {
    return named(Endpoint.delete(WORKSPACE))
        .id("removeWorkspace")
        .summary("Forget a workspace; its folder stays")
        .answersEmpty(204)
        .handle(request -> {
          String name = request.path("name");
          if (!workspaces.remove(name)) {
            throw missing(name);
          }
          return Reply.noContent();
        });
  }

  private Workspace put(String name, Workspaces.Traits traits) {
    try {
      return workspaces.put(name, traits);
    } catch (Workspaces.PortTaken taken) {
      throw CrewProblems.PORT_TAKEN.because(String.valueOf(taken.getMessage()));
    }
  }

  private Workspace require(String name) {
    return workspaces.find(name).orElseThrow(() -> missing(name));
  }

  private static RuntimeException missing(String name) {
    return CrewProblems.WORKSPACE_NOT_FOUND.because("There is no workspace '" + name + "'.");
  }

  private static <B, Q> EndpointBuilder<B, Q> named(EndpointBuilder<B, Q> endpoint) {
    return endpoint
        .tags("crew")
        .path("name", "Name of the workspace.", "login")
        .problems(CrewProblems.WORKSPACE_NOT_FOUND);
  }
}
