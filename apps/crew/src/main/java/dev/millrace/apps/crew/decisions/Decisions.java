package dev.millrace.apps.crew.decisions;

import dev.millrace.apps.crew.decisions.DecisionException.Reason;
import dev.millrace.http.Json;
import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads the record of decisions. Thread-safe. */
public final class Decisions implements AutoCloseable {
  private static final JsonMapper JSON = Json.mapper();

  /** Rows looked at for one page; a search that must look further goes on with the next page. */
  private static final int MOST_LOOKED_AT = 5_000;

  private static final int PIECE = 200;
  private static final int MOST_NODES = 500;

  /** Of one decision, where many are shown. */
  private static final int MOST_IMPACTS = 3;

  private static final String BY_ID = Stored.COLUMNS + "WHERE p.name = ? AND d.number = ?";
  private static final String BY_SEQ = Stored.COLUMNS + "WHERE d.seq = ?";
  private static final String NEWEST =
      Stored.COLUMNS + "WHERE d.seq < ? ORDER BY d.seq DESC LIMIT ?";
  private static final String AFTER = Stored.COLUMNS + "WHERE d.seq > ? ORDER BY d.seq LIMIT ?";
  private static final String OF_PROJECT =
      Stored.COLUMNS + "WHERE p.name = ? AND d.number > ? ORDER BY d.number LIMIT ?";
  private static final String MATCHING =
      """
      SELECT d.seq, p.name, d.number, d.status, d.made_ms, d.superseded_by, d.title, d.maker, d.body
      FROM (SELECT rowid AS found FROM crew_words WHERE crew_words MATCH ? AND rowid < ?
        ORDER BY rowid DESC LIMIT ?)
      JOIN crew_decisions d ON d.seq = found JOIN crew_projects p ON p.id = d.project
      ORDER BY d.seq DESC\
      """;
  private static final String OLDER =
      "SELECT older FROM crew_supersedes WHERE newer = ? ORDER BY older";
  private static final String NEWER =
      "SELECT newer FROM crew_supersedes WHERE older = ? ORDER BY newer";
  private static final String LINKS = "SELECT newer, older FROM crew_supersedes ";
  private static final String LINKS_OF =
      """
      WHERE newer IN (SELECT d.seq FROM crew_decisions d JOIN crew_projects p ON p.id = d.project
          WHERE p.name = ?)
        OR older IN (SELECT d.seq FROM crew_decisions d JOIN crew_projects p ON p.id = d.project
          WHERE p.name = ?)
      """;
  private static final String NEWEST_LINKS = "ORDER BY newer DESC, older DESC LIMIT ?";
  private static final String WITH_IMPACTS = "SELECT DISTINCT decision FROM crew_impacts ";
  private static final String IMPACTS_OF =
      """
      WHERE decision IN (SELECT d.seq FROM crew_decisions d JOIN crew_projects p ON p.id = d.project
          WHERE p.name = ?)
      """;
  private static final String NEWEST_IMPACTS = "ORDER BY decision DESC LIMIT ?";
  private static final String IMPACTS =
      "SELECT body, at_ms FROM crew_impacts WHERE decision = ? ORDER BY id";
  private static final String ADD_IMPACT =
      "INSERT INTO crew_impacts (decision, at_ms, body) VALUES (?, ?, ?)";
  private static final String SEQ =
      "SELECT d.seq FROM crew_decisions d JOIN crew_projects p ON p.id = d.project"
          + " WHERE p.name = ? AND d.number = ?";
  private static final String COUNTS =
      "SELECT name, count FROM crew_counts WHERE kind = ? AND count > 0 ORDER BY count DESC, name"
          + " LIMIT 100";
  private static final String MONTHS =
      "SELECT name, count FROM crew_counts WHERE kind = 'month' AND count > 0 ORDER BY name DESC"
          + " LIMIT 120";

  /**
   * A page of what was found.
   *
   * @param last where the next page begins; null at the end
   */
  public record Found(List<Summary> items, @Nullable Long last, Position asOf) {}

  /** A decision, and the place after which {@link #export} goes on. */
  public record Exported(long place, Decision decision) {}

  private final Store store;
  private final InstantSource clock;
  private final WordIndex index;

  public Decisions(Store store, Journal journal, Recorder recorder, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.index = new WordIndex(store, journal, recorder);
  }

  /** Everything up to here can be searched. */
  public Position asOf() {
    return index.asOf();
  }

  /**
   * Waits until everything up to {@code position} can be searched.
   *
   * @return false if it cannot after {@code timeout}
   */
  public boolean await(Position position, Duration timeout) throws InterruptedException {
    return index.await(position, timeout);
  }

  /** One decision with all that belongs to it. */
  public Optional<Decision> find(DecisionId id) {
    return store.read((Snapshot view) ->
        view.find(BY_ID, Stored::of, id.project(), id.number()).map(row -> decision(view, row)));
  }

  private static Decision decision(Snapshot view, Stored row) {
    Content content = row.content();
    return new Decision(
        row.id(),
        DecisionId.number(row.number()),
        row.project(),
        row.title(),
        Instant.ofEpochMilli(row.madeMillis()),
        row.status(),
        supersededBy(view, row),
        ids(view, OLDER, row.seq()),
        content.context(),
        content.options(),
        content.decision(),
        content.reasoning(),
        content.consequences(),
        row.maker(),
        content.stakeholders(),
        content.agentsInvolved(),
        content.tags(),
        impacts(view, row.seq()),
        content.metadata());
  }

  private static @Nullable String supersededBy(Snapshot view, Stored row) {
    Long newer = row.supersededBy();
    return newer == null ? null : view.find(BY_SEQ, Stored::of, newer).map(Stored::id).orElse(null);
  }

  private static List<String> ids(Snapshot view, String sql, long seq) {
    List<String> ids = new ArrayList<>();
    for (long other : view.query(sql, row -> row.getLong(1), seq)) {
      view.find(BY_SEQ, Stored::of, other).map(Stored::id).ifPresent(ids::add);
    }
    return ids;
  }

  private static List<Impact> impacts(Snapshot view, long seq) {
    return view.query(
        IMPACTS,
        row ->
            JSON.readValue(row.getString(1), Impact.class).at(Instant.ofEpochMilli(row.getLong(2))),
        seq);
  }

  /** Up to {@code limit} decisions that were recorded before {@code before}, newest first. */
  public Found search(Wanted wanted, long before, int limit) {
    Position asOf = index.asOf();
    if (wanted.isAll()) {
      return store.read((Snapshot view) -> {
        List<Stored> rows = view.query(NEWEST, Stored::of, before, limit + 1);
        List<Stored> page = rows.subList(0, Math.min(limit, rows.size()));
        return new Found(
            summaries(view, page), rows.size() > limit ? page.getLast().seq() : null, asOf);
      });
    }
    Words.Query text = Words.query(wanted.text() == null ? "" : wanted.text());
    String match = match(wanted, text);
    if (match.isEmpty()) {
      return new Found(List.of(), null, asOf);
    }
    return store.read((Snapshot view) -> look(view, wanted, text, match, before, limit, asOf));
  }

  private static Found look(
      Snapshot view,
      Wanted wanted,
      Words.Query text,
      String match,
      long before,
      int limit,
      Position asOf) {
    List<Stored> found = new ArrayList<>();
    long at = before;
    int looked = 0;
    while (looked < MOST_LOOKED_AT) {
      List<Stored> rows = view.query(MATCHING, Stored::of, match, at, PIECE);
      for (Stored row : rows) {
        looked++;
        if (isMeant(row, wanted, text)) {
          if (found.size() == limit) {
            return new Found(summaries(view, found), found.getLast().seq(), asOf);
          }
          found.add(row);
        }
        at = row.seq();
      }
      if (rows.size() < PIECE) {
        return new Found(summaries(view, found), null, asOf);
      }
    }
    return new Found(summaries(view, found), at, asOf);
  }

  private static String match(Wanted wanted, Words.Query text) {
    List<String> parts = new ArrayList<>();
    if (wanted.text() != null) {
      if (text.match().isEmpty()) {
        return "";
      }
      parts.add(text.match());
    }
    wanted.tags().forEach(tag -> parts.add(quoted('t', tag)));
    if (wanted.maker() != null) {
      parts.add(quoted('m', wanted.maker()));
    }
    if (wanted.project() != null) {
      parts.add(quoted('p', wanted.project()));
    }
    if (wanted.status() != null) {
      parts.add(quoted('s', wanted.status().word()));
    }
    if (wanted.from() != null || wanted.to() != null) {
      Instant from = wanted.from() == null ? Instant.EPOCH : wanted.from();
      Instant to = wanted.to() == null ? Instant.MAX : wanted.to();
      List<String> days = Days.range(from, to).stream().map(token -> '"' + token + '"').toList();
      if (days.isEmpty()) {
        return "";
      }
      parts.add("(" + String.join(" OR ", days) + ")");
    }
    return String.join(" AND ", parts);
  }

  private static String quoted(char kind, String value) {
    return '"' + Words.exact(kind, value) + '"';
  }

  /** What the index cannot tell: the time of day, and that pairs of characters are neighbours. */
  private static boolean isMeant(Stored row, Wanted wanted, Words.Query text) {
    if (wanted.from() != null && row.madeMillis() < wanted.from().toEpochMilli()) {
      return false;
    }
    if (wanted.to() != null && row.madeMillis() >= wanted.to().toEpochMilli()) {
      return false;
    }
    if (wanted.status() != null && row.status() != wanted.status()) {
      return false;
    }
    for (String run : text.runs()) {
      if (!row.title().contains(run) && !row.body().contains(run) && !row.maker().contains(run)) {
        return false;
      }
    }
    return true;
  }

  private static List<Summary> summaries(Snapshot view, List<Stored> rows) {
    return rows.stream()
        .map(row ->
            new Summary(
                row.id(),
                row.title(),
                Instant.ofEpochMilli(row.madeMillis()),
                row.status(),
                supersededBy(view, row),
                row.maker(),
                row.content().tags()))
        .toList();
  }

  /**
   * Adds what came of a decision.
   *
   * @throws DecisionException if there is no such decision
   */
  public Impact addImpact(DecisionId id, Impact impact) {
    Instant at = impact.at() == null ? clock.instant() : impact.at();
    Impact dated = impact.at(at);
    String body = JSON.writeValueAsString(dated);
    store.write(tx -> addImpact(tx, id, at, body));
    return dated;
  }

  /** Adds what came of a decision in a transaction; an impact without a date is of now. */
  public void addImpact(Tx tx, DecisionId id, Impact impact) {
    Instant at = impact.at() == null ? clock.instant() : impact.at();
    addImpact(tx, id, at, JSON.writeValueAsString(impact));
  }

  private static void addImpact(Tx tx, DecisionId id, Instant at, String body) {
    long seq =
        tx.find(SEQ, row -> row.getLong(1), id.project(), id.number())
            .orElseThrow(
                () -> new DecisionException(Reason.NOT_FOUND, "There is no decision " + id));
    tx.update(ADD_IMPACT, seq, at.toEpochMilli(), body);
  }

  /** Decisions counted, as far as the index has come. */
  public Analytics analytics() {
    Position asOf = index.asOf();
    return store.read((Snapshot view) -> {
      List<Analytics.Count> months = new ArrayList<>(counts(view, MONTHS));
      java.util.Collections.reverse(months);
      return new Analytics(
          view.number("SELECT coalesce(sum(count), 0) FROM crew_counts WHERE kind = 'all'"),
          counts(view, COUNTS, "status"),
          counts(view, COUNTS, "maker"),
          counts(view, COUNTS, "tag"),
          counts(view, COUNTS, "project"),
          months,
          view.number("SELECT count(*) FROM crew_impacts"),
          asOf.toString());
    });
  }

  private static List<Analytics.Count> counts(Snapshot view, String sql, Object... args) {
    return view.query(sql, row -> new Analytics.Count(row.getString(1), row.getLong(2)), args);
  }

  /**
   * Up to {@code limit} decisions that were recorded after {@code after}, oldest first.
   *
   * @param project null for all
   */
  public List<Exported> export(@Nullable String project, long after, int limit) {
    return store.read((Snapshot view) -> {
      List<Stored> rows =
          project == null
              ? view.query(AFTER, Stored::of, after, limit)
              : view.query(OF_PROJECT, Stored::of, project, after, limit);
      return rows.stream()
          .map(row -> new Exported(project == null ? row.seq() : row.number(), decision(view, row)))
          .toList();
    });
  }

  /**
   * What hangs together with a decision by superseding, in both directions, and the impacts of all
   * of it; at most {@value #MOST_NODES} decisions.
   */
  public Optional<Network> network(DecisionId id) {
    return store.read((Snapshot view) ->
        view.find(BY_ID, Stored::of, id.project(), id.number()).map(row -> around(view, row)));
  }

  /**
   * All that supersedes, is superseded or has impacts, the newest first, with the impacts; at most
   * {@value #MOST_NODES} decisions.
   *
   * @param project only what has to do with decisions of this one; null for all
   */
  public Network network(@Nullable String project) {
    return store.read((Snapshot view) -> {
      Map<Long, Stored> decisions = new LinkedHashMap<>();
      List<Network.Edge> edges = new ArrayList<>();
      boolean cut = false;
      for (Link link : links(view, project)) {
        if (decisions.size() > MOST_NODES - 2) {
          cut = true;
          break;
        }
        Stored newer = decisions.computeIfAbsent(link.newer(), seq -> bySeq(view, seq));
        Stored older = decisions.computeIfAbsent(link.older(), seq -> bySeq(view, seq));
        edges.add(new Network.Edge(newer.id(), older.id(), "supersedes"));
      }
      for (long seq : withImpacts(view, project)) {
        if (decisions.size() >= MOST_NODES) {
          cut = true;
          break;
        }
        decisions.computeIfAbsent(seq, missing -> bySeq(view, missing));
      }
      List<Network.Node> nodes = new ArrayList<>();
      for (Stored row : decisions.values()) {
        cut |= add(view, row, nodes, edges);
      }
      return new Network(nodes, edges, cut);
    });
  }

  private static List<Long> withImpacts(Snapshot view, @Nullable String project) {
    return project == null
        ? view.query(WITH_IMPACTS + NEWEST_IMPACTS, row -> row.getLong(1), MOST_NODES)
        : view.query(
            WITH_IMPACTS + IMPACTS_OF + NEWEST_IMPACTS, row -> row.getLong(1), project, MOST_NODES);
  }

  /** Adds a decision and its newest impacts; whether some were left out. */
  private static boolean add(
      Snapshot view, Stored row, List<Network.Node> nodes, List<Network.Edge> edges) {
    nodes.add(new Network.Node(row.id(), "decision", row.title(), row.status().word()));
    List<Impact> impacts = impacts(view, row.seq());
    int first = Math.max(0, impacts.size() - MOST_IMPACTS);
    for (int i = first; i < impacts.size(); i++) {
      Impact impact = impacts.get(i);
      String node = row.id() + "/impacts/" + i;
      nodes.add(new Network.Node(node, "impact", impact.description(), impact.outcome()));
      edges.add(new Network.Edge(row.id(), node, "impacts"));
    }
    return first > 0;
  }

  private record Link(long newer, long older) {}

  private static List<Link> links(Snapshot view, @Nullable String project) {
    return project == null
        ? view.query(LINKS + NEWEST_LINKS, Decisions::link, MOST_NODES)
        : view.query(
            LINKS + LINKS_OF + NEWEST_LINKS, Decisions::link, project, project, MOST_NODES);
  }

  private static Link link(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Link(row.getLong(1), row.getLong(2));
  }

  private static Stored bySeq(Snapshot view, long seq) {
    return view.find(BY_SEQ, Stored::of, seq).orElseThrow();
  }

  private static Network around(Snapshot view, Stored first) {
    Map<Long, Stored> decisions = new LinkedHashMap<>();
    ArrayDeque<Stored> open = new ArrayDeque<>(List.of(first));
    Set<List<Long>> links = new LinkedHashSet<>();
    while (!open.isEmpty() && decisions.size() < MOST_NODES) {
      Stored row = open.remove();
      if (decisions.putIfAbsent(row.seq(), row) != null) {
        continue;
      }
      for (long older : view.query(OLDER, r -> r.getLong(1), row.seq())) {
        links.add(List.of(row.seq(), older));
        view.find(BY_SEQ, Stored::of, older).ifPresent(open::add);
      }
      for (long newer : view.query(NEWER, r -> r.getLong(1), row.seq())) {
        links.add(List.of(newer, row.seq()));
        view.find(BY_SEQ, Stored::of, newer).ifPresent(open::add);
      }
    }
    List<Network.Node> nodes = new ArrayList<>();
    List<Network.Edge> edges = new ArrayList<>();
    for (Stored row : decisions.values()) {
      nodes.add(new Network.Node(row.id(), "decision", row.title(), row.status().word()));
      List<Impact> impacts = impacts(view, row.seq());
      for (int i = 0; i < impacts.size(); i++) {
        String node = row.id() + "/impacts/" + i;
        nodes.add(
            new Network.Node(
                node, "impact", impacts.get(i).description(), impacts.get(i).outcome()));
        edges.add(new Network.Edge(row.id(), node, "impacts"));
      }
    }
    for (List<Long> link : links) {
      Stored newer = decisions.get(link.getFirst());
      Stored older = decisions.get(link.getLast());
      if (newer != null && older != null) {
        edges.add(new Network.Edge(newer.id(), older.id(), "supersedes"));
      }
    }
    return new Network(nodes, edges, !open.isEmpty());
  }

  @Override
  public void close() {
    index.close();
  }
}
