package dev.millrace.server.health;

import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * {@code /health}: live (the process answers), ready (it takes work), and how each part is. For
 * people, load balancers and container runtimes.
 */
public final class HealthEndpoints {
  private final Map<String, HealthCheck> parts;
  private final BooleanSupplier ready;
  private final String version;
  private final Instant startedAt;

  /**
   * @param parts what to ask, by the part's name, in the order they are shown
   * @param ready whether requests and tasks are taken
   */
  public HealthEndpoints(
      Map<String, HealthCheck> parts, BooleanSupplier ready, String version, Instant startedAt) {
    this.parts = parts;
    this.ready = ready;
    this.version = version;
    this.startedAt = startedAt;
  }

  /** How everything is. */
  public record Health(
      @Doc("The worst state of a part.") PartHealth.State status,
      @Doc("Whether the process answers: always true in an answer.") boolean live,
      @Doc("Whether requests and tasks are taken.") boolean ready,
      List<Part> parts,
      String version,
      Instant startedAt) {}

  /** How a part is. */
  public record Part(
      String name,
      PartHealth.State state,
      @Doc("What is wrong and what to do about it, or a word about what is right.") String detail,
      @Doc("The same in codes and facts; empty if the detail is all there is.")
          List<FindingItem> findings) {}

  /** Whether something holds. */
  public record Answer(boolean ok) {}

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        Endpoint.get("/health")
            .id("readHealth")
            .summary("How the process and its parts are")
            .description("503 while it is not ready or a part has failed, with the same body.")
            .tags("health")
            .role(Role.PUBLIC)
            .noEtag()
            .answers(200, Health.class, example())
            .answers(503, Health.class, example())
            .handle(_ -> {
              Health health = health();
              boolean good = health.ready && health.status != PartHealth.State.FAILED;
              return Reply.json(good ? 200 : 503, health);
            }),
        Endpoint.get("/health/live")
            .id("isLive")
            .summary("Whether the process answers")
            .tags("health")
            .role(Role.PUBLIC)
            .noEtag()
            .answers(200, Answer.class, new Answer(true))
            .handle(_ -> Reply.ok(new Answer(true))),
        Endpoint.get("/health/ready")
            .id("isReady")
            .summary("Whether requests and tasks are taken")
            .tags("health")
            .role(Role.PUBLIC)
            .noEtag()
            .answers(200, Answer.class, new Answer(true))
            .answers(503, Answer.class, new Answer(false))
            .handle(_ -> {
              boolean is = ready.getAsBoolean();
              return Reply.json(is ? 200 : 503, new Answer(is));
            }));
  }

  /** How everything is now. */
  public Health health() {
    List<Part> now =
        parts.entrySet().stream()
            .map(part -> {
              PartHealth health = part.getValue().health();
              List<FindingItem> findings = health.findings().stream().map(FindingItem::of).toList();
              return new Part(part.getKey(), health.state(), health.detail(), findings);
            })
            .toList();
    PartHealth.State worst =
        now.stream().map(Part::state).max(Enum::compareTo).orElse(PartHealth.State.OK);
    return new Health(worst, true, ready.getAsBoolean(), now, version, startedAt);
  }

  private static Health example() {
    return new Health(
        PartHealth.State.OK,
        true,
        true,
        List.of(
            new Part(
                "store",
                PartHealth.State.OK,
                "position 7f3a1c-1042",
                List.of(FindingItem.EXAMPLE))),
        "0.1.0",
        Instant.parse("2026-11-20T08:00:00Z"));
  }
}
