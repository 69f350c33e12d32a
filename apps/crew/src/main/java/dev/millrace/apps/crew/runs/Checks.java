package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.plan.CheckHistory;
import dev.millrace.expression.Verdict;
import dev.millrace.http.Json;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How sync points and gates of runs were decided: each decision stands in the commit that makes it.
 * Rates by stage and domain are in memory as well, because every plan asks. Thread-safe.
 */
public final class Checks {
  /** Fewer say nothing about the next one. */
  private static final int LEAST = 3;

  private static final String INSERT =
      """
      INSERT INTO crew_checks (run, stage, round, at_ms, passed, domain, template, metrics, kind)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String KINDS =
      "SELECT domain, stage, count(*), sum(passed) FROM crew_checks WHERE kind = 'exit'"
          + " GROUP BY 1, 2 LIMIT 10000";
  private static final String METRICS =
      """
      SELECT domain, stage, metric.key, count(*), sum(metric.value)
      FROM crew_checks, json_each(metrics) AS metric WHERE kind = 'exit'
      GROUP BY 1, 2, 3 LIMIT 10000\
      """;
  private static final String WHERE = " WHERE at_ms >= ? AND stage = coalesce(?, stage)";
  private static final String SINCE = WHERE + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100";
  private static final String SUMS = ", count(*), sum(passed) FROM crew_checks";
  private static final String BY_STAGE = "SELECT stage" + SUMS + SINCE;
  private static final String BY_KIND = "SELECT kind" + SUMS + SINCE;
  private static final String BY_DOMAIN = "SELECT domain" + SUMS + SINCE;
  private static final String BY_TEMPLATE =
      "SELECT coalesce(template, '" + RunRequests.BY_ROLES + "')" + SUMS + SINCE;
  private static final String BY_METRIC =
      "SELECT metric.key, count(*), sum(metric.value) FROM crew_checks,"
          + " json_each(metrics) AS metric"
          + SINCE;
  private static final String BY_DAY =
      "SELECT date(at_ms / 1000, 'unixepoch')" + SUMS + WHERE + " GROUP BY 1 ORDER BY 1 LIMIT 3650";
  private static final String TOTAL =
      "SELECT '', count(*), coalesce(sum(passed), 0) FROM crew_checks" + WHERE;

  private record Kind(String domain, String stage) {}

  private record Sums(long all, long passed) {
    Sums plus(boolean another) {
      return new Sums(all + 1, passed + (another ? 1 : 0));
    }
  }

  /** When a check is made. */
  enum When {
    /** Before a stage begins. */
    ENTRY,
    /** While it is at work. */
    PROCESS,
    /** At its end. */
    EXIT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A check that was decided.
   *
   * @param template null for the layout by roles
   * @param metrics by criterion whether it holds
   */
  record Decided(
      long run,
      When when,
      String stage,
      int round,
      boolean passed,
      String domain,
      @Nullable String template,
      Map<String, Boolean> metrics) {

    static Map<String, Boolean> metrics(@Nullable Verdict verdict) {
      Map<String, Boolean> metrics = new LinkedHashMap<>();
      if (verdict != null) {
        verdict.details().forEach((name, detail) -> metrics.put(name, detail.passed()));
        verdict.failed().forEach(failed -> metrics.put(failed.criterion(), false));
      }
      return metrics;
    }
  }

  private final Store store;
  private final Map<Kind, Sums> sums = new ConcurrentHashMap<>();
  private final Map<Kind, Map<String, Sums>> sumsByMetric = new ConcurrentHashMap<>();

  public Checks(Store store) {
    this.store = store;
    Map<Kind, Sums> loaded = new HashMap<>();
    store.read((Snapshot view) -> {
      view.forEach(
          KINDS,
          row ->
              loaded.put(
                  new Kind(row.getString(1), row.getString(2)),
                  new Sums(row.getLong(3), row.getLong(4))));
      view.forEach(
          METRICS,
          row ->
              ofMetrics(new Kind(row.getString(1), row.getString(2)))
                  .put(row.getString(3), new Sums(row.getLong(4), row.getLong(5))));
      return loaded.size();
    });
    sums.putAll(loaded);
  }

  /** The work that keeps what was decided. */
  TxWork<RuntimeException> adding(List<Decided> decided, Instant at) {
    List<String> metrics =
        decided.stream().map(each -> Json.mapper().writeValueAsString(each.metrics())).toList();
    return (Tx tx) -> {
      for (int i = 0; i < decided.size(); i++) {
        Decided each = decided.get(i);
        tx.update(
            INSERT,
            each.run(),
            each.stage(),
            each.round(),
            at.toEpochMilli(),
            each.passed(),
            each.domain(),
            each.template(),
            metrics.get(i),
            each.when().word());
      }
      tx.afterCommit(() -> decided.forEach(this::count));
    };
  }

  private Map<String, Sums> ofMetrics(Kind kind) {
    return sumsByMetric.computeIfAbsent(kind, _ -> new ConcurrentHashMap<>());
  }

  private void count(Decided each) {
    if (each.when() != When.EXIT) {
      return;
    }
    Kind kind = new Kind(each.domain(), each.stage());
    sums.merge(kind, new Sums(0, 0).plus(each.passed()), (before, _) -> before.plus(each.passed()));
    Map<String, Sums> metrics = ofMetrics(kind);
    each.metrics()
        .forEach((name, holds) ->
            metrics.merge(name, new Sums(0, 0).plus(holds), (before, _) -> before.plus(holds)));
  }

  /** How the check of a stage went for requests of a domain; nothing while too few are known. */
  public Optional<CheckHistory> history(String domain, String stage) {
    Kind kind = new Kind(domain, stage);
    Sums known = sums.get(kind);
    if (known == null || known.all() < LEAST) {
      return Optional.empty();
    }
    return Optional.of(CheckHistory.of(known.all(), known.passed(), weakest(kind)));
  }

  /** The metric whose rule held least often; of several the first by name. */
  private @Nullable String weakest(Kind kind) {
    String weakest = null;
    double least = 1;
    for (Map.Entry<String, Sums> metric : new TreeMap<>(ofMetrics(kind)).entrySet()) {
      double share = (double) metric.getValue().passed() / metric.getValue().all();
      if (share < least) {
        least = share;
        weakest = metric.getKey();
      }
    }
    return weakest;
  }

  /**
   * Checks that were decided at {@code since} or later, counted.
   *
   * @param stage only those of a stage of that name; null for all
   */
  public CheckSummary summary(Instant since, @Nullable String stage) {
    return store.read((Snapshot view) -> {
      CheckSummary.Rate all = rates(view, TOTAL, since, stage).getFirst();
      return new CheckSummary(
          all.checks(),
          all.passed(),
          rates(view, BY_STAGE, since, stage),
          rates(view, BY_METRIC, since, stage),
          rates(view, BY_TEMPLATE, since, stage),
          rates(view, BY_DOMAIN, since, stage),
          rates(view, BY_KIND, since, stage),
          rates(view, BY_DAY, since, stage));
    });
  }

  private static List<CheckSummary.Rate> rates(
      Snapshot view, String sql, Instant since, @Nullable String stage) {
    return view.query(
        sql,
        row -> new CheckSummary.Rate(row.getString(1), row.getLong(2), row.getLong(3)),
        since.toEpochMilli(),
        stage);
  }
}
