package dev.millrace.apps.crew.executions;

import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.analysis.Analysis;
import dev.millrace.apps.crew.analysis.Analyzer;
import dev.millrace.apps.crew.plan.History;
import dev.millrace.http.Json;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.journal.Journal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of executions. How requests of a kind went is in memory as well, because every plan
 * asks. Thread-safe.
 */
public final class Executions {
  /** Fewer successes say nothing about the next one. */
  private static final int LEAST_SUCCESSES = 3;

  private static final JsonMapper JSON = Json.mapper();
  private static final String INSERT =
      """
      INSERT INTO crew_executions (recorded_ms, domain, complexity, success, seconds, body)
      VALUES (?, ?, ?, ?, ?, ?) RETURNING id\
      """;
  private static final String REPLACE =
      "UPDATE crew_executions SET success = ?, seconds = ?, body = ? WHERE id = ?";
  private static final String RATE =
      "UPDATE crew_executions SET body = json_set(body, '$.satisfaction', ?) WHERE id = ?";
  private static final String COLUMNS =
      "SELECT id, recorded_ms, domain, complexity, body FROM crew_executions ";
  private static final String KINDS =
      """
      SELECT domain, complexity, count(*), sum(success), sum(CASE WHEN success = 1 THEN seconds END)
      FROM crew_executions GROUP BY domain, complexity\
      """;

  private static final String TOTALS =
      """
      SELECT count(*), coalesce(sum(success), 0), avg(seconds),
        avg(json_extract(body, '$.satisfaction'))
      FROM crew_executions WHERE recorded_ms >= ?\
      """;
  private static final String LENGTH =
      "SELECT seconds FROM crew_executions WHERE recorded_ms >= ? ORDER BY seconds LIMIT 1 OFFSET"
          + " ?";
  private static final String SUMS = ", count(*), sum(success), sum(seconds) FROM crew_executions";
  private static final String MOST_FIRST =
      " WHERE recorded_ms >= ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200";
  private static final String BY_AGENT =
      "SELECT agent.value" + SUMS + ", json_each(body, '$.agents') AS agent" + MOST_FIRST;
  private static final String BY_TEMPLATE =
      "SELECT coalesce(json_extract(body, '$.template'), 'roles')" + SUMS + MOST_FIRST;
  private static final String BY_DOMAIN = "SELECT domain" + SUMS + MOST_FIRST;
  private static final String BY_DAY =
      "SELECT date(recorded_ms / 1000, 'unixepoch')"
          + SUMS
          + " WHERE recorded_ms >= ? GROUP BY 1 ORDER BY 1";

  private static final String PARTS =
      """
      SELECT a.value, count(*), sum(coalesce(w.value ->> '$.success', e.success)),
        avg(CASE WHEN e.body ->> '$.satisfaction' IS NULL
          THEN 100.0 * coalesce(w.value ->> '$.success', e.success)
          ELSE 50.0 * coalesce(w.value ->> '$.success', e.success)
            + 12.5 * ((e.body ->> '$.satisfaction') - 1) END),
        count(CASE WHEN w.value ->> '$.success' THEN 1 END),
        avg(CASE WHEN w.value ->> '$.success' THEN w.value ->> '$.seconds' END)
      FROM crew_executions e
      JOIN json_each(e.body, '$.agents') a
      LEFT JOIN json_each(e.body, '$.work') w ON w.key = a.value
      WHERE e.recorded_ms >= ? AND (w.key IS NOT NULL OR e.body ->> '$.work' IS NULL)
      GROUP BY 1 LIMIT 10000\
      """;

  private static final String PERCENTILES =
      """
      , ranked AS (
        SELECT name, seconds, row_number() OVER (PARTITION BY name ORDER BY seconds) AS place,
          count(*) OVER (PARTITION BY name) AS size FROM each)
      SELECT name, max(size), min(CASE WHEN place * 100 >= size * 50 THEN seconds END),
        min(CASE WHEN place * 100 >= size * 95 THEN seconds END),
        min(CASE WHEN place * 100 >= size * 99 THEN seconds END), max(seconds)
      FROM ranked GROUP BY name ORDER BY 2 DESC, 1 LIMIT 100\
      """;
  private static final String AGENT_TIMES =
      """
      WITH each AS (
        SELECT w.key AS name, w.value ->> '$.seconds' AS seconds
        FROM crew_executions e, json_each(e.body, '$.work') w
        WHERE e.recorded_ms >= ? AND json_type(e.body, '$.work') = 'object')\
      """
          + PERCENTILES;
  private static final String STAGE_TIMES =
      """
      WITH each AS (
        SELECT s.key AS name, s.value AS seconds
        FROM crew_executions e, json_each(e.body, '$.stages') s
        WHERE e.recorded_ms >= ? AND json_type(e.body, '$.stages') = 'object')\
      """
          + PERCENTILES;

  private static final String COUNT = "SELECT count(*) FROM crew_executions WHERE recorded_ms >= ?";

  private record Kind(String domain, String complexity) {}

  private record Sums(long all, long good, double seconds) {
    Sums plus(NewExecution made) {
      return new Sums(
          all + 1,
          good + (made.success() ? 1 : 0),
          seconds + (made.success() ? made.seconds() : 0));
    }
  }

  private final Store store;
  private final Journal journal;
  private final Agents agents;
  private final Analyzer analyzer;
  private final InstantSource clock;
  private final Map<Kind, Sums> sums = new java.util.concurrent.ConcurrentHashMap<>();

  public Executions(
      Store store, Journal journal, Agents agents, Analyzer analyzer, InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.agents = agents;
    this.analyzer = analyzer;
    this.clock = clock;
    journal.declare(Feedback.TYPE);
    reload();
  }

  private void reload() {
    Map<Kind, Sums> loaded = new HashMap<>();
    store.read((Snapshot view) -> {
      view.forEach(
          KINDS,
          row ->
              loaded.put(
                  new Kind(row.getString(1), row.getString(2)),
                  new Sums(row.getLong(3), row.getLong(4), row.getDouble(5))));
      return loaded.size();
    });
    sums.putAll(loaded);
  }

  /** Records how a piece of work went, and counts it for the agents that took part. */
  public Execution record(NewExecution made) {
    Prepared prepared = prepare(made);
    long id = store.compute(prepared::insert).value();
    agents.reload();
    return Execution.of(id, prepared.at, prepared.domain, prepared.complexity, made);
  }

  /** Makes ready to be recorded in a transaction. */
  public Prepared prepare(NewExecution made) {
    Analysis analysis = analyzer.analyze(made.request());
    return new Prepared(
        made,
        analysis.domain(),
        analysis.complexity().name().toLowerCase(Locale.ROOT),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        JSON.writeValueAsString(made));
  }

  /** How a piece of work went, ready for a transaction. */
  public final class Prepared {
    private final NewExecution made;
    private final String domain;
    private final String complexity;
    private final Instant at;
    private final String body;

    private Prepared(NewExecution made, String domain, String complexity, Instant at, String body) {
      this.made = made;
      this.domain = domain;
      this.complexity = complexity;
      this.at = at;
      this.body = body;
    }

    /** Adds it; the id of the execution. */
    public long insert(Tx tx) {
      long added =
          tx.number(
              INSERT, at.toEpochMilli(), domain, complexity, made.success(), made.seconds(), body);
      agents.used(tx, made.agents(), at);
      tell(tx, added);
      tx.afterCommit(() -> {
        sums.merge(
            new Kind(domain, complexity),
            new Sums(0, 0, 0).plus(made),
            (before, _) -> before.plus(made));
        // Reading is not for the writer's thread.
        Thread.startVirtualThread(agents::reload);
      });
      return added;
    }

    /** Puts it in the place of what was recorded before about the same piece of work. */
    public void replace(Tx tx, long id) {
      tx.update(REPLACE, made.success(), made.seconds(), body, id);
      tell(tx, id);
      tx.afterCommit(() -> Thread.startVirtualThread(Executions.this::reload));
    }

    private void tell(Tx tx, long id) {
      journal.emit(tx, Feedback.of(Execution.of(id, at, domain, complexity, made)));
    }
  }

  /**
   * Keeps how content the user of an execution is.
   *
   * @param satisfaction 1 to 5
   * @return the execution; nothing if there is none
   */
  public Optional<Execution> rate(long id, int satisfaction) {
    return store
        .compute(tx -> {
          Optional<Execution> found = tx.find(COLUMNS + "WHERE id = ?", Executions::execution, id);
          return found.map(execution -> {
            Execution rated = execution.withSatisfaction(satisfaction);
            tx.update(RATE, satisfaction, id);
            journal.emit(tx, Feedback.of(rated));
            return rated;
          });
        })
        .value();
  }

  public Optional<Execution> find(long id) {
    return store.read(
        (Snapshot view) -> view.find(COLUMNS + "WHERE id = ?", Executions::execution, id));
  }

  /** Up to {@code limit} executions that were recorded before {@code before}, newest first. */
  public List<Execution> page(long before, int limit) {
    return store.read((Snapshot view) ->
        view.query(
            COLUMNS + "WHERE id < ? ORDER BY id DESC LIMIT ?",
            Executions::execution,
            before,
            limit));
  }

  /** How requests of a domain and complexity went; nothing while too few are known. */
  public Optional<History> history(String domain, String complexity) {
    Sums known = sums.get(new Kind(domain, complexity.toLowerCase(Locale.ROOT)));
    if (known == null || known.good() < LEAST_SUCCESSES) {
      return Optional.empty();
    }
    return Optional.of(
        new History(
            known.all(),
            Math.round(1_000.0 * known.good() / known.all()) / 1_000.0,
            Math.round(known.seconds() / known.good() / 36) / 100.0));
  }

  /**
   * What the parts of an agent in executions came to.
   *
   * @param quality their mean in percent: 100 for a success, 0 for a failure; half of it is how
   *     content the user was, where that is known
   * @param timed successes whose length is known
   * @param meanSeconds of these
   */
  record Part(
      String agent,
      long runs,
      long succeeded,
      double quality,
      long timed,
      @Nullable Double meanSeconds) {}

  /** What agents' parts came to in executions that were recorded at {@code since} or later. */
  List<Part> parts(Instant since) {
    return store.read((Snapshot view) ->
        view.query(
            PARTS,
            row ->
                new Part(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getLong(5),
                    mean(row, 6)),
            since.toEpochMilli()));
  }

  /** How many were recorded at {@code since} or later. */
  long count(Instant since) {
    return store.read((Snapshot view) -> view.number(COUNT, since.toEpochMilli()));
  }

  /** Executions that were recorded at {@code since} or later, counted. */
  public ExecutionSummary summary(Instant since) {
    return store.read((Snapshot view) -> summary(view, since.toEpochMilli()));
  }

  /**
   * How long stages and the work of agents took, in executions that were recorded at {@code since}
   * or later.
   *
   * @param plans how long plans took
   */
  public TimeSummary times(Instant since, TimeSummary.@Nullable Times plans) {
    return store.read((Snapshot view) ->
        new TimeSummary(
            plans,
            view.query(AGENT_TIMES, Executions::times, since.toEpochMilli()),
            view.query(STAGE_TIMES, Executions::times, since.toEpochMilli())));
  }

  private static TimeSummary.Times times(ResultSet row) throws SQLException {
    return new TimeSummary.Times(
        row.getString(1),
        row.getLong(2),
        row.getDouble(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6));
  }

  private static ExecutionSummary summary(Snapshot view, long since) {
    record Totals(long all, long good, @Nullable Double seconds, @Nullable Double satisfaction) {}
    Totals totals =
        view.find(
                TOTALS,
                row -> new Totals(row.getLong(1), row.getLong(2), mean(row, 3), mean(row, 4)),
                since)
            .orElseThrow();
    return new ExecutionSummary(
        totals.all,
        totals.good,
        totals.seconds,
        totals.all == 0 ? null : lengths(view, since, totals.all),
        totals.satisfaction,
        shares(view, BY_AGENT, since),
        shares(view, BY_TEMPLATE, since),
        shares(view, BY_DOMAIN, since),
        shares(view, BY_DAY, since));
  }

  private static ExecutionSummary.Lengths lengths(Snapshot view, long since, long count) {
    return new ExecutionSummary.Lengths(
        length(view, since, count, 50),
        length(view, since, count, 95),
        length(view, since, count, 99));
  }

  /** The least time within which so many of a hundred were over. */
  private static double length(Snapshot view, long since, long count, int percent) {
    long place = (count * percent + 99) / 100 - 1;
    return view.find(LENGTH, row -> row.getDouble(1), since, Math.max(0, place)).orElse(0.0);
  }

  private static @Nullable Double mean(ResultSet row, int column) throws SQLException {
    double mean = row.getDouble(column);
    return row.wasNull() ? null : Math.round(mean * 100) / 100.0;
  }

  private static List<ExecutionSummary.Share> shares(Snapshot view, String sql, long since) {
    record Sum(String name, long runs, long good, double seconds) {}
    List<Sum> sums =
        view.query(
            sql,
            row -> new Sum(row.getString(1), row.getLong(2), row.getLong(3), row.getDouble(4)),
            since);
    double all = sums.stream().mapToDouble(Sum::seconds).sum();
    return sums.stream()
        .map(sum ->
            new ExecutionSummary.Share(
                sum.name,
                sum.runs,
                sum.good,
                Math.round(100 * sum.seconds / sum.runs) / 100.0,
                all == 0 ? 0 : Math.round(1_000 * sum.seconds / all) / 1_000.0))
        .toList();
  }

  private static Execution execution(ResultSet row) throws SQLException {
    return Execution.of(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        JSON.readValue(row.getString(5), NewExecution.class));
  }
}
