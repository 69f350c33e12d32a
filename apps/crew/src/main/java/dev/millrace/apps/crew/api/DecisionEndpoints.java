package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.decisions.Analytics;
import dev.millrace.apps.crew.decisions.Decision;
import dev.millrace.apps.crew.decisions.DecisionException;
import dev.millrace.apps.crew.decisions.DecisionId;
import dev.millrace.apps.crew.decisions.Decisions;
import dev.millrace.apps.crew.decisions.Impact;
import dev.millrace.apps.crew.decisions.Network;
import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.apps.crew.decisions.Recorded;
import dev.millrace.apps.crew.decisions.Recorder;
import dev.millrace.apps.crew.decisions.Summary;
import dev.millrace.apps.crew.decisions.Wanted;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.HttpProblems;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Fault;
import dev.millrace.store.Position;
import dev.millrace.store.PositionException;
import dev.millrace.store.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The record of decisions. */
public final class DecisionEndpoints {
  static final String DECISIONS = "/api/v1/crew/decisions";
  static final String DECISION = DECISIONS + "/{id}";
  private static final long MOST_BATCH_BYTES = 16L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Recorder recorder;
  private final Decisions decisions;

  public DecisionEndpoints(Recorder recorder, Decisions decisions) {
    this.recorder = recorder;
    this.decisions = decisions;
  }

  public List<Endpoint> all() {
    return List.of(
        record(),
        batch(),
        list(),
        search(),
        analytics(),
        networkOfAll(),
        find(),
        change(),
        impacts(),
        addImpact(),
        network());
  }

  private Endpoint record() {
    return Endpoint.post(DECISIONS)
        .id("recordDecision")
        .tags("crew")
        .summary("Record a decision")
        .body(NewDecision.class, Examples.NEW_DECISION)
        .answers(201, DecisionBodies.One.class, Examples.RECORDED)
        .problems(CrewProblems.DECISION_NOT_FOUND, CrewProblems.DECISION_CONFLICT)
        .handle(request -> {
          checkSupersedes(List.of(request.body()), "");
          Written<Recorded> made = refusing(() -> recorder.record(request.body()));
          Recorded one = made.value();
          return Reply.created(
              DECISIONS + "/" + one.id(),
              new DecisionBodies.One(one.id(), one.number(), made.position()));
        });
  }

  private Endpoint batch() {
    return Endpoint.post(DECISIONS + "/batch")
        .id("recordDecisions")
        .tags("crew")
        .summary("Record up to 1,000 decisions, 100 a commit")
        .description(
            "All are checked before the first is recorded. If the commit of a chunk is refused"
                + " because of what it supersedes, the chunks before it stand.")
        .body(DecisionBodies.Batch.class, new DecisionBodies.Batch(List.of(Examples.NEW_DECISION)))
        .maxBody(MOST_BATCH_BYTES)
        .answers(201, DecisionBodies.Many.class, Examples.MANY)
        .problems(CrewProblems.DECISION_NOT_FOUND, CrewProblems.DECISION_CONFLICT)
        .handle(request -> {
          checkSupersedes(request.body().decisions(), "/decisions/");
          Written<List<Recorded>> made =
              refusing(() -> recorder.recordAll(request.body().decisions()));
          return Reply.json(201, new DecisionBodies.Many(made.value(), made.position()));
        });
  }

  private static void checkSupersedes(List<NewDecision> made, String pointer) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      List<String> ids = made.get(i).supersedes();
      for (int j = 0; j < ids.size(); j++) {
        try {
          DecisionId.parse(ids.get(j));
        } catch (IllegalArgumentException none) {
          String place = pointer.isEmpty() ? "" : pointer + i;
          faults.add(
              new Fault(place + "/supersedes/" + j, String.valueOf(none.getMessage()), "format"));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw HttpProblems.BODY_INVALID.because("An id in supersedes names no decision.", faults);
    }
  }

  private Endpoint list() {
    return Endpoint.get(DECISIONS)
        .id("listDecisions")
        .tags("crew")
        .summary("List decisions, newest record first")
        .query(ListQuery.class)
        .answersPage(Summary.class, Examples.SUMMARY)
        .handle(request -> {
          Cursor<ListQuery.Key> cursor = Cursor.of("decisions", "", ListQuery.Key.class);
          Decisions.Found found =
              decisions.search(
                  Wanted.ALL,
                  before(cursor.decode(request.query().cursor())),
                  request.query().limit());
          return Reply.ok(new Page<>(found.items(), next(cursor, found)));
        });
  }

  private static long before(ListQuery.@Nullable Key key) {
    return key == null ? Long.MAX_VALUE : key.id();
  }

  private static @Nullable String next(Cursor<ListQuery.Key> cursor, Decisions.Found found) {
    Long last = found.last();
    return last == null ? null : cursor.encode(new ListQuery.Key(last));
  }

  private Endpoint search() {
    return Endpoint.get(DECISIONS + "/search")
        .id("searchDecisions")
        .tags("crew")
        .summary("Search decisions by words, tags, people and time")
        .description(
            "The index follows the record; `asOf` tells how far it has come, and `atLeast` waits"
                + " for the position that recording answered with.")
        .query(DecisionBodies.Search.class)
        .answers(200, DecisionBodies.Found.class, Examples.FOUND)
        .problems(CrewProblems.NOT_YET, CrewProblems.POSITION_REFUSED)
        .handle(request -> {
          DecisionBodies.Search asked = request.query();
          await(asked.atLeast());
          Wanted wanted =
              new Wanted(
                  asked.q(),
                  asked.tag(),
                  asked.maker(),
                  asked.project(),
                  asked.status(),
                  asked.from(),
                  asked.to());
          Cursor<ListQuery.Key> cursor = Cursor.of("decisions-search", wanted, ListQuery.Key.class);
          Decisions.Found found =
              decisions.search(wanted, before(cursor.decode(asked.cursor())), asked.limit());
          return Reply.ok(
              new DecisionBodies.Found(found.items(), next(cursor, found), found.asOf()));
        });
  }

  private void await(@Nullable Position position) throws InterruptedException {
    if (position == null) {
      return;
    }
    try {
      if (!decisions.await(position, PATIENCE)) {
        throw CrewProblems.NOT_YET.because(
            "The index has come to " + decisions.asOf() + ", not yet to " + position + ".");
      }
    } catch (PositionException refused) {
      throw CrewProblems.POSITION_REFUSED.because(refused.getMessage() + ".");
    }
  }

  private Endpoint analytics() {
    return Endpoint.get(DECISIONS + "/analytics")
        .id("analyzeDecisions")
        .tags("crew")
        .summary("Count decisions by status, maker, tag, project and month")
        .answers(200, Analytics.class, Examples.ANALYTICS)
        .handle(_ -> Reply.ok(decisions.analytics()));
  }

  private Endpoint find() {
    return named(Endpoint.get(DECISION))
        .id("findDecision")
        .summary("Look at a decision")
        .answers(200, Decision.class, Examples.DECISION)
        .handle(request -> Reply.ok(decision(request.path("id"))));
  }

  private Endpoint change() {
    return named(Endpoint.put(DECISION + "/status"))
        .id("changeDecision")
        .summary("Change the status of a decision")
        .description(
            "proposed → accepted, rejected, superseded; accepted → deprecated, superseded; rejected"
                + " → proposed; deprecated → superseded. Nothing else of a decision ever changes.")
        .body(DecisionBodies.Change.class, Examples.CHANGE)
        .answers(200, Decision.class, Examples.DECISION)
        .problems(CrewProblems.DECISION_CONFLICT)
        .handle(request -> {
          DecisionId id = id(request.path("id"));
          String by = request.body().supersededBy();
          DecisionId newer = by == null ? null : id(by);
          refusing(() -> recorder.change(id, request.body().status(), newer));
          return Reply.ok(decision(id.toString()));
        });
  }

  private Endpoint impacts() {
    return named(Endpoint.get(DECISION + "/impacts"))
        .id("listImpacts")
        .summary("List what came of a decision, oldest first")
        .answersPage(Impact.class, Examples.IMPACT)
        .handle(request -> Reply.ok(new Page<>(decision(request.path("id")).impacts(), null)));
  }

  private Endpoint addImpact() {
    return named(Endpoint.post(DECISION + "/impacts"))
        .id("addImpact")
        .summary("Add what came of a decision")
        .body(Impact.class, Examples.IMPACT)
        .answers(201, Impact.class, Examples.IMPACT)
        .handle(request -> {
          DecisionId id = id(request.path("id"));
          Impact impact = refusing(() -> decisions.addImpact(id, request.body()));
          return Reply.json(201, impact);
        });
  }

  private Endpoint network() {
    return named(Endpoint.get(DECISION + "/network"))
        .id("decisionNetwork")
        .summary("See what a decision hangs together with")
        .description("Everything it supersedes or is superseded by, on and on, with the impacts.")
        .answers(200, Network.class, Examples.NETWORK)
        .handle(request -> {
          DecisionId id = id(request.path("id"));
          return Reply.ok(decisions.network(id).orElseThrow(() -> missing(id)));
        });
  }

  private Endpoint networkOfAll() {
    return Endpoint.get(DECISIONS + "/network")
        .id("decisionsNetwork")
        .tags("crew")
        .summary(
            "See which decisions took the place of which and what came of them, the newest first")
        .description(
            "Up to 500 decisions that supersede, are superseded or have impacts, each with its"
                + " newest three impacts.")
        .query(DecisionBodies.ExportQuery.class)
        .answers(200, Network.class, Examples.NETWORK)
        .handle(request -> Reply.ok(decisions.network(request.query().project())));
  }

  static <B, Q> EndpointBuilder<B, Q> named(EndpointBuilder<B, Q> endpoint) {
    return endpoint
        .tags("crew")
        .path(
            "id", "Id of the decision; ADR-0042 alone is of the project default.", "shop:ADR-0042")
        .problems(CrewProblems.DECISION_ID_INVALID, CrewProblems.DECISION_NOT_FOUND);
  }

  private Decision decision(String text) {
    DecisionId id = id(text);
    return decisions.find(id).orElseThrow(() -> missing(id));
  }

  static RuntimeException missing(DecisionId id) {
    return CrewProblems.DECISION_NOT_FOUND.because("There is no decision " + id + ".");
  }

  static DecisionId id(String text) {
    try {
      return DecisionId.parse(text);
    } catch (IllegalArgumentException none) {
      throw CrewProblems.DECISION_ID_INVALID.because(none.getMessage() + ".");
    }
  }

  private static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (DecisionException refused) {
      throw switch (refused.reason()) {
        case NOT_FOUND -> CrewProblems.DECISION_NOT_FOUND.because(refused.getMessage() + ".");
        case CONFLICT -> CrewProblems.DECISION_CONFLICT.because(refused.getMessage() + ".");
      };
    }
  }
}
