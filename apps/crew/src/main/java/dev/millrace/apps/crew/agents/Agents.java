package dev.millrace.apps.crew.agents;

import dev.millrace.apps.crew.analysis.RuleBook;
import dev.millrace.http.Json;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The registry of agents. All of them are in memory as well, because every plan asks; the copy is
 * made anew after each commit that changes one. Thread-safe.
 */
public final class Agents {
  private static final JsonMapper JSON = Json.mapper();
  private static final String ALL =
      """
      SELECT name, domain, skills, complexity, performance, availability, used, last_used_ms,
        built_in, executor, fallback, learned, learned_seconds, learned_runs, learned_ms
      FROM crew_agents ORDER BY name\
      """;
  private static final String INSERT =
      """
      INSERT INTO crew_agents (name, domain, skills, complexity, performance, availability, used,
        last_used_ms, built_in, executor, fallback) VALUES (?, ?, ?, ?, ?, ?, 0, NULL, ?, ?, ?)\
      """;
  private static final String IF_ABSENT = " ON CONFLICT (name) DO NOTHING";
  private static final String OR_CHANGE =
      """
       ON CONFLICT (name) DO UPDATE SET domain = excluded.domain, skills = excluded.skills,
        complexity = excluded.complexity, performance = excluded.performance,
        availability = excluded.availability, executor = excluded.executor,
        fallback = excluded.fallback\
      """;
  private static final String DELETE = "DELETE FROM crew_agents WHERE name = ? AND built_in = 0";
  private static final String LEARNED =
      "UPDATE crew_agents SET learned = ?, learned_seconds = ?, learned_runs = ?, learned_ms = ?"
          + " WHERE name = ?";
  private static final String USED =
      "UPDATE crew_agents SET used = used + 1, last_used_ms = max(coalesce(last_used_ms, 0), ?)"
          + " WHERE name = ?";

  /** What may be said about an agent; the rest is counted. */
  public record Traits(
      String domain,
      List<String> skills,
      double complexityScore,
      double performance,
      double availability,
      Executor executor,
      @Nullable String fallback) {}

  private final Store store;
  private final Supplier<RuleBook> book;

  /** By name; null until somebody asks. */
  private volatile @Nullable Map<String, Agent> known;

  private volatile boolean builtInHaveRows;

  /**
   * @param book what the built-in agents can do; asked with the first question about agents
   */
  public Agents(Store store, Supplier<RuleBook> book) {
    this.store = store;
    this.book = book;
  }

  /** Built-in agents have rows from the first change of any agent on. */
  private void insertBuiltIn(Tx tx) {
    if (!builtInHaveRows) {
      BuiltInAgents.of(book.get()).forEach(agent -> insert(tx, agent));
    }
  }

  private static void insert(Tx tx, Agent agent) {
    tx.update(
        INSERT + IF_ABSENT,
        agent.name(),
        agent.domain(),
        JSON.writeValueAsString(agent.skills()),
        agent.complexityScore(),
        agent.performance(),
        agent.availability(),
        agent.builtIn(),
        null,
        null);
  }

  /** By name. */
  public Collection<Agent> all() {
    return known().values();
  }

  public Optional<Agent> find(String name) {
    return Optional.ofNullable(known().get(name));
  }

  public boolean has(String name) {
    return known().containsKey(name);
  }

  /** Adds an agent, or changes what is said about one. */
  public Agent put(String name, Traits traits) {
    store.write(tx -> {
      insertBuiltIn(tx);
      tx.update(
          INSERT + OR_CHANGE,
          name,
          traits.domain(),
          JSON.writeValueAsString(traits.skills()),
          traits.complexityScore(),
          traits.performance(),
          traits.availability(),
          false,
          Executor.PERSON.equals(traits.executor())
              ? null
              : JSON.writeValueAsString(traits.executor()),
          traits.fallback());
    });
    reload();
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is gone; a bug"));
  }

  /** Removes one that is not built in; false if there is none. */
  public boolean remove(String name) {
    int gone = store.compute(tx -> tx.update(DELETE, name)).value();
    reload();
    return gone > 0;
  }

  /** Counts an execution for each of these agents; call {@link #reload} after the commit. */
  public void used(Tx tx, List<String> names, Instant at) {
    insertBuiltIn(tx);
    names.stream().distinct().forEach(name -> tx.update(USED, at.toEpochMilli(), name));
  }

  private Map<String, Agent> known() {
    Map<String, Agent> now = known;
    return now == null ? reload() : now;
  }

  /** Keeps what was learned of an agent; call {@link #reload} after the commit. */
  public void learned(Tx tx, String name, Learned learned) {
    insertBuiltIn(tx);
    tx.update(
        LEARNED,
        learned.performance(),
        learned.meanSeconds(),
        learned.executions(),
        learned.at().toEpochMilli(),
        name);
  }

  /** Takes what is in the database. */
  public synchronized Map<String, Agent> reload() {
    List<Agent> rows = store.read((Snapshot view) -> view.query(ALL, Agents::agent));
    Map<String, Agent> fresh = new TreeMap<>();
    BuiltInAgents.of(book.get()).forEach(agent -> fresh.put(agent.name(), agent));
    int builtIn = fresh.size();
    builtInHaveRows = rows.stream().filter(Agent::builtIn).count() == builtIn;
    rows.forEach(agent -> fresh.put(agent.name(), agent));
    Map<String, Agent> now = Collections.unmodifiableMap(fresh);
    known = now;
    return now;
  }

  private static @Nullable Learned learned(ResultSet row) throws SQLException {
    double performance = row.getDouble(12);
    if (row.wasNull()) {
      return null;
    }
    double seconds = row.getDouble(13);
    @Nullable Double mean = row.wasNull() ? null : seconds;
    return new Learned(performance, mean, row.getLong(14), Instant.ofEpochMilli(row.getLong(15)));
  }

  private static Agent agent(ResultSet row) throws SQLException {
    long used = row.getLong(8);
    @Nullable Instant lastUsed = row.wasNull() ? null : Instant.ofEpochMilli(used);
    String executor = row.getString(10);
    return new Agent(
        row.getString(1),
        row.getString(2),
        new ArrayList<>(List.of(JSON.readValue(row.getString(3), String[].class))),
        row.getDouble(4),
        row.getDouble(5),
        learned(row),
        row.getDouble(6),
        row.getLong(7),
        lastUsed,
        row.getInt(9) != 0,
        executor == null ? Executor.PERSON : JSON.readValue(executor, Executor.class),
        row.getString(11));
  }
}
