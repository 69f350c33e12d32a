package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.agents.Agent;
import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.agents.RankedAgent;
import dev.millrace.apps.crew.analysis.Analyzer;
import dev.millrace.apps.crew.work.ExecutorCheck;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.HttpProblems;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Fault;
import java.util.List;
import java.util.Set;

/** The registry of agents. */
public final class AgentEndpoints {
  private static final String AGENTS = "/api/v1/crew/agents";
  private static final String AGENT = AGENTS + "/{name}";
  private static final Set<String> RESERVED = Set.of("rank", "learn");

  private final Agents agents;
  private final Analyzer analyzer;

  private final ExecutorCheck executors;

  public AgentEndpoints(Agents agents, Analyzer analyzer, ExecutorCheck executors) {
    this.agents = agents;
    this.analyzer = analyzer;
    this.executors = executors;
  }

  public List<Endpoint> all() {
    return List.of(list(), rank(), find(), add(), put(), remove());
  }

  private Endpoint list() {
    return Endpoint.get(AGENTS)
        .id("listAgents")
        .tags("crew")
        .summary("List agents by name")
        .answersPage(Agent.class, Examples.AGENT)
        .handle(_ -> Reply.ok(new Page<>(List.copyOf(agents.all()), null)));
  }

  private Endpoint rank() {
    return Endpoint.get(AGENTS + "/rank")
        .id("rankAgents")
        .tags("crew")
        .summary("Rank the agents for a request, the best first")
        .query(RankQuery.class)
        .answersPage(RankedAgent.class, Examples.RANKED)
        .handle(request -> {
          List<RankedAgent> ranked =
              RankedAgent.all(analyzer.analyze(request.query().request()), agents.all());
          int limit = Math.min(request.query().limit(), ranked.size());
          return Reply.ok(new Page<>(ranked.subList(0, limit), null));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(AGENT))
        .id("findAgent")
        .summary("Look at an agent")
        .answers(200, Agent.class, Examples.AGENT)
        .problems(CrewProblems.AGENT_NOT_FOUND)
        .handle(request -> {
          String name = request.path("name");
          return Reply.ok(agents.find(name).orElseThrow(() -> missing(name)));
        });
  }

  private Endpoint add() {
    return Endpoint.post(AGENTS)
        .id("addAgent")
        .tags("crew")
        .summary("Add an agent")
        .body(AgentBody.class, Examples.AGENT_BODY)
        .answers(201, Agent.class, Examples.AGENT)
        .problems(
            CrewProblems.AGENT_EXISTS,
            CrewProblems.EXECUTOR_INVALID,
            CrewProblems.PROGRAM_NOT_ALLOWED)
        .handle(request -> {
          String name = request.body().name();
          if (name == null || RESERVED.contains(name)) {
            throw HttpProblems.BODY_INVALID.because(
                "The agent has no name of its own.",
                List.of(
                    new Fault("/name", "is required, and neither 'rank' nor 'learn'", "required")));
          }
          if (agents.has(name)) {
            throw CrewProblems.AGENT_EXISTS.because("There is an agent '" + name + "' already.");
          }
          return Reply.created(AGENTS + "/" + name, agents.put(name, usable(name, request.body())));
        });
  }

  private Endpoint put() {
    return named(Endpoint.put(AGENT))
        .id("putAgent")
        .summary("Add or change an agent; what it was used for stays counted")
        .body(AgentBody.class, Examples.AGENT_BODY)
        .answers(200, Agent.class, Examples.AGENT)
        .problems(CrewProblems.EXECUTOR_INVALID, CrewProblems.PROGRAM_NOT_ALLOWED)
        .handle(request -> {
          String name = request.path("name");
          String own = request.body().name();
          if (!name.matches(AgentBody.NAME)
              || RESERVED.contains(name)
              || (own != null && !own.equals(name))) {
            throw HttpProblems.BODY_INVALID.because(
                "The names do not fit.",
                List.of(
                    new Fault(
                        "/name",
                        "must be that of the address, '"
                            + name
                            + "', in lower-case letters, digits"
                            + " and dashes, and neither 'rank' nor 'learn'",
                        "invalid")));
          }
          return Reply.ok(agents.put(name, usable(name, request.body())));
        });
  }

  private Endpoint remove() {
    return named(Endpoint.delete(AGENT))
        .id("removeAgent")
        .summary("Remove an agent that is not built in")
        .answersEmpty(204)
        .problems(CrewProblems.AGENT_NOT_FOUND, CrewProblems.AGENT_BUILT_IN)
        .handle(request -> {
          String name = request.path("name");
          if (agents.find(name).map(Agent::builtIn).orElse(false)) {
            throw CrewProblems.AGENT_BUILT_IN.because("The agent '" + name + "' is built in.");
          }
          if (!agents.remove(name)) {
            throw missing(name);
          }
          return Reply.noContent();
        });
  }

  /** What is said about an agent, if its executor can be used and its fallback is there. */
  private Agents.Traits usable(String name, AgentBody body) {
    Agents.Traits traits = body.traits();
    RunProblems.refuse(executors.faults(traits.executor(), "/executor"));
    String fallback = traits.fallback();
    if (fallback != null && (fallback.equals(name) || !agents.has(fallback))) {
      throw CrewProblems.EXECUTOR_INVALID.because(
          "The fallback '" + fallback + "' is not another agent.",
          List.of(
              new Fault(
                  "/fallback",
                  "must be the name of another agent; the list is at /api/v1/crew/agents",
                  "executor-invalid")));
    }
    return traits;
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint.tags("crew").path("name", "Name of the agent.", "backend-architect");
  }

  private static RuntimeException missing(String name) {
    return CrewProblems.AGENT_NOT_FOUND.because("There is no agent '" + name + "'.");
  }
}
