package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.decisions.Words;
import dev.millrace.http.Json;
import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds runs by what they were asked for: the words of requests and names, beside what their plans
 * say. It knows nothing of how they stand. Thread-safe.
 */
public final class RunRequests {
  private static final String ADD =
      "INSERT INTO crew_requests (run, name, request) VALUES (?, ?, ?) ON CONFLICT (run) DO"
          + " NOTHING";
  private static final String INDEX = "INSERT INTO crew_request_words (rowid, words) VALUES (?, ?)";
  private static final String MATCHING =
      """
      SELECT r.run, r.name, r.request
      FROM (SELECT rowid AS found FROM crew_request_words WHERE crew_request_words MATCH ?
        AND rowid < ? ORDER BY rowid DESC LIMIT ?)
      JOIN crew_requests r ON r.run = found ORDER BY r.run DESC\
      """;
  private static final String FORGET = "DELETE FROM crew_requests WHERE run = ?";
  private static final String FORGET_RECORD = "DELETE FROM crew_runs WHERE run = ?";
  private static final String OLDEST = "SELECT run FROM crew_requests ORDER BY run LIMIT ?";
  private static final String BACK_FILL = "requests";
  private static final String IS_DONE = "SELECT count(*) FROM crew_done WHERE name = ?";
  private static final String DONE =
      "INSERT INTO crew_done (name) VALUES (?) ON CONFLICT (name) DO NOTHING";
  private static final String FORGET_WORDS = "DELETE FROM crew_request_words WHERE rowid = ?";

  /**
   * What runs are searched by; null means that it does not matter.
   *
   * @param text words that must all be there
   * @param template id of one, {@code roles} for the layout by roles
   */
  public record Wanted(
      @Nullable String text,
      @Nullable String project,
      @Nullable String domain,
      @Nullable String template) {
    /** Every run. */
    public static final Wanted ALL = new Wanted(null, null, null, null);
  }

  /** How the layout by roles is called where templates are told apart. */
  static final String BY_ROLES = "roles";

  private record Row(long run, String name, String request) {
    boolean has(String part) {
      return name.toLowerCase(Locale.ROOT).contains(part)
          || request.toLowerCase(Locale.ROOT).contains(part);
    }
  }

  /** Runs that match, and the key of the last that was looked at; null at the end. */
  record Page(List<TaskId> runs, @Nullable Long last) {}

  private final Store store;

  public RunRequests(Store store) {
    this.store = store;
  }

  /** The work that remembers a run; one that is known already is left as it is. */
  static TxWork<RuntimeException> adding(TaskId run, RunInput input) {
    String name = input.name() == null ? "" : input.name();
    String template = input.plan().templateId();
    Set<String> words = new LinkedHashSet<>();
    Words.tokens(words, name, input.request());
    words.add(Words.exact('p', input.project()));
    words.add(Words.exact('d', input.plan().domain()));
    words.add(Words.exact('t', template == null ? BY_ROLES : template));
    String indexed = String.join(" ", words);
    return (Tx tx) -> {
      if (tx.update(ADD, run.key(), name, input.request()) > 0) {
        tx.update(INDEX, run.key(), indexed);
      }
    };
  }

  /** The same for a run whose input is still JSON. */
  static TxWork<RuntimeException> adding(TaskId run, JsonNode input) {
    return adding(run, Json.mapper().treeToValue(input, RunInput.class));
  }

  /** Remembers a run from now on, and does something else in the same commit. */
  Position add(TaskId run, RunInput input, TxWork<RuntimeException> also) {
    TxWork<RuntimeException> adding = adding(run, input);
    return store.write(tx -> {
      adding.run(tx);
      also.run(tx);
    });
  }

  /** Runs that match, newest first, beginning before the key {@code before}. */
  Page find(Wanted wanted, long before, int limit) {
    Words.Query text = Words.query(wanted.text() == null ? "" : wanted.text());
    String match = match(wanted, text);
    if (match.isEmpty()) {
      return new Page(List.of(), null);
    }
    List<Row> rows =
        store.read((Snapshot view) ->
            view.query(
                MATCHING,
                row -> new Row(row.getLong(1), row.getString(2), row.getString(3)),
                match,
                before,
                limit));
    // Pairs of characters may stand apart in a text.
    List<TaskId> runs =
        rows.stream()
            .filter(row -> text.runs().stream().allMatch(row::has))
            .map(row -> new TaskId(row.run()))
            .toList();
    return new Page(runs, rows.size() < limit ? null : rows.getLast().run());
  }

  private static String match(Wanted wanted, Words.Query text) {
    List<String> parts = new ArrayList<>();
    if (wanted.text() != null) {
      if (text.match().isEmpty()) {
        return "";
      }
      parts.add(text.match());
    }
    exact(parts, 'p', wanted.project());
    exact(parts, 'd', wanted.domain());
    exact(parts, 't', wanted.template());
    return String.join(" AND ", parts);
  }

  private static void exact(List<String> parts, char kind, @Nullable String value) {
    if (value != null) {
      parts.add('"' + Words.exact(kind, value) + '"');
    }
  }

  /** Remembers runs; those that are known already are left as they are. */
  void addAll(Map<TaskId, JsonNode> runs) {
    List<TxWork<RuntimeException>> adding = new ArrayList<>();
    runs.forEach((run, input) -> adding.add(adding(run, input)));
    store.write(tx -> {
      for (TxWork<RuntimeException> each : adding) {
        each.run(tx);
      }
    });
  }

  /** Whether runs are known that were started before they were remembered. */
  boolean isComplete() {
    return store.read((Snapshot view) -> view.number(IS_DONE, BACK_FILL)) > 0;
  }

  /** From now on they are. */
  void complete() {
    store.write(RunRequests::markComplete);
  }

  static void markComplete(Tx tx) {
    tx.update(DONE, BACK_FILL);
  }

  /** The oldest runs that are remembered. */
  List<TaskId> oldest(int limit) {
    return store.read(
        (Snapshot view) -> view.query(OLDEST, row -> new TaskId(row.getLong(1)), limit));
  }

  /**
   * Forgets runs whose history is over: what they were asked for, what happened, and which decision
   * and execution they left. These stay, and so does how their checks were decided.
   */
  void forget(List<TaskId> runs) {
    if (!runs.isEmpty()) {
      store.write(tx -> {
        for (TaskId run : runs) {
          tx.update(FORGET, run.key());
          tx.update(FORGET_WORDS, run.key());
          tx.update(FORGET_RECORD, run.key());
          RunLog.forget(tx, run);
        }
      });
    }
  }
}
