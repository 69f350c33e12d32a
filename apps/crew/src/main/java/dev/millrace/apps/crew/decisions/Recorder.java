package dev.millrace.apps.crew.decisions;

import dev.millrace.apps.crew.decisions.DecisionException.Reason;
import dev.millrace.http.Json;
import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxCall;
import dev.millrace.store.Written;
import dev.millrace.store.journal.Journal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records decisions and changes their status. A number, the row and the event are one commit; many
 * callers share one. Thread-safe.
 */
public final class Recorder {
  /** Decisions of one commit, so that no write holds the writer for long. */
  public static final int CHUNK = 100;

  private static final JsonMapper JSON = Json.mapper();
  private static final int ROWS = 10;
  private static final int COLUMNS = 9;
  private static final String INTO =
      """
      INSERT INTO crew_decisions
        (seq, project, number, status, made_ms, superseded_by, title, maker, body)
      VALUES\
      """;
  private static final String ROW = " (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT = INTO + ROW;
  private static final String INSERT_MANY =
      INTO + String.join(",", java.util.Collections.nCopies(ROWS, ROW));
  private static final String FIND =
      """
      SELECT d.seq, d.status FROM crew_decisions d JOIN crew_projects p ON p.id = d.project
      WHERE p.name = ? AND d.number = ?\
      """;
  private static final String CHANGE =
      "UPDATE crew_decisions SET status = ?, superseded_by = ? WHERE seq = ?";
  private static final String LINK = "INSERT INTO crew_supersedes (newer, older) VALUES (?, ?)";

  private record Row(long seq, DecisionStatus status) {}

  /** More to do in the commit of decisions. */
  @FunctionalInterface
  interface Also {
    /** Told of each decision that was recorded, by its index. */
    void recorded(Tx tx, int index, long seq);
  }

  private final Store store;
  private final Journal journal;
  private final InstantSource clock;
  private volatile long lastRecorded;

  public Recorder(Store store, Journal journal, InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
    journal.declare(DecisionMade.TYPE, DecisionChanged.TYPE);
  }

  /** When something was last recorded, in {@link System#nanoTime}; 0 for not yet. */
  long lastRecorded() {
    return lastRecorded;
  }

  /**
   * Records one decision.
   *
   * @throws DecisionException if it supersedes one that does not exist or must not be superseded
   * @throws IllegalArgumentException if an id in supersedes is none
   */
  public Written<Recorded> record(NewDecision made) {
    Draft draft = Draft.of(made, clock.instant(), JSON);
    lastRecorded = System.nanoTime();
    return store.compute(tx -> insert(tx, List.of(draft), null).getFirst());
  }

  /**
   * Records many, in order, {@value #CHUNK} a commit: if one chunk is refused, those before it
   * stand.
   *
   * @return what they became, and the position of the last commit
   */
  public Written<List<Recorded>> recordAll(List<NewDecision> made) {
    List<Draft> drafts = new ArrayList<>(made.size());
    for (NewDecision each : made) {
      drafts.add(Draft.of(each, clock.instant(), JSON));
    }
    List<Recorded> recorded = new ArrayList<>(made.size());
    Position position = store.position();
    for (int from = 0; from < drafts.size(); from += CHUNK) {
      List<Draft> chunk = drafts.subList(from, Math.min(drafts.size(), from + CHUNK));
      lastRecorded = System.nanoTime();
      Written<List<Recorded>> written = store.compute(tx -> insert(tx, chunk, null));
      recorded.addAll(written.value());
      position = written.position();
    }
    return new Written<>(recorded, position);
  }

  /** Makes ready to be recorded in a transaction; the work answers what it became. */
  public TxCall<Recorded, RuntimeException> prepare(NewDecision made) {
    Draft draft = draft(made);
    lastRecorded = System.nanoTime();
    return tx -> insert(tx, List.of(draft), null).getFirst();
  }

  /** Makes a decision ready to be inserted. */
  Draft draft(NewDecision made) {
    return Draft.of(made, clock.instant(), JSON);
  }

  /** Inserts one chunk of decisions in the caller's transaction. */
  List<Recorded> insert(Tx tx, List<Draft> drafts, @Nullable Also also) {
    Numbers numbers = Numbers.of(tx);
    List<Recorded> recorded = new ArrayList<>(drafts.size());
    Map<String, DecisionMade.Numbered> counted = new TreeMap<>();
    Map<String, Integer> statuses = new TreeMap<>();
    long[] seqs = new long[drafts.size()];
    int size = drafts.size();
    @Nullable Object[] values = new @Nullable Object[Math.min(ROWS, size) * COLUMNS];
    int filled = 0;
    for (int i = 0; i < size; i++) {
      Draft draft = drafts.get(i);
      Numbers.Counter counter = numbers.counter(tx, draft.project());
      long seq = numbers.nextSeq();
      seqs[i] = seq;
      long number = counter.next();
      counted.merge(
          draft.project(),
          new DecisionMade.Numbered(number, number),
          (before, now) -> new DecisionMade.Numbered(before.from(), now.to()));
      statuses.merge(draft.status().word(), 1, Integer::sum);
      int left = size - i;
      if (filled == 0 && left < ROWS && values.length != COLUMNS) {
        values = new @Nullable Object[COLUMNS];
      }
      fill(values, filled, seq, counter.id, number, draft);
      filled += COLUMNS;
      if (filled == values.length) {
        tx.update(filled == COLUMNS ? INSERT : INSERT_MANY, values);
        filled = 0;
      }
      String shown = DecisionId.number(number);
      recorded.add(new Recorded(draft.project() + ":" + shown, shown));
    }
    if (size > 0) {
      journal.emit(tx, new DecisionMade(seqs[0], seqs[size - 1], counted, statuses));
    }
    for (int i = 0; i < size; i++) {
      for (DecisionId older : drafts.get(i).supersedes()) {
        supersede(tx, older, seqs[i], recorded.get(i).id());
      }
      if (also != null) {
        also.recorded(tx, i, seqs[i]);
      }
    }
    return recorded;
  }

  private static void fill(
      @Nullable Object[] values, int at, long seq, long project, long number, Draft draft) {
    values[at] = seq;
    values[at + 1] = project;
    values[at + 2] = number;
    values[at + 3] = draft.status().word();
    values[at + 4] = draft.madeMillis();
    values[at + 5] = null;
    values[at + 6] = draft.title();
    values[at + 7] = draft.maker();
    values[at + 8] = draft.body();
  }

  private void supersede(Tx tx, DecisionId older, long newer, String newerId) {
    Row row = row(tx, older);
    if (!replace(tx, older.toString(), row, newer, newerId)) {
      throw new DecisionException(
          Reason.CONFLICT,
          older
              + " is "
              + row.status().word()
              + " and cannot be superseded; supersede what is proposed, accepted or deprecated");
    }
  }

  /** Puts one decision in the place of another, if the other's state still allows it. */
  boolean supersede(Tx tx, long older, long newer) {
    Stored old = tx.find(Stored.COLUMNS + "WHERE d.seq = ?", Stored::of, older).orElseThrow();
    Stored by = tx.find(Stored.COLUMNS + "WHERE d.seq = ?", Stored::of, newer).orElseThrow();
    return replace(tx, old.id(), new Row(older, old.status()), newer, by.id());
  }

  private boolean replace(Tx tx, String olderId, Row row, long newer, String newerId) {
    if (!row.status().next().contains(DecisionStatus.SUPERSEDED)) {
      return false;
    }
    tx.update(CHANGE, DecisionStatus.SUPERSEDED.word(), newer, row.seq());
    tx.update(LINK, newer, row.seq());
    journal.emit(
        tx,
        new DecisionChanged(
            olderId, row.seq(), row.status().word(), DecisionStatus.SUPERSEDED.word(), newerId));
    return true;
  }

  private static Row row(Tx tx, DecisionId id) {
    return tx.find(
            FIND,
            row -> new Row(row.getLong(1), DecisionStatus.of(row.getString(2))),
            id.project(),
            id.number())
        .orElseThrow(() -> new DecisionException(Reason.NOT_FOUND, "There is no decision " + id));
  }

  /**
   * Changes the status of a decision.
   *
   * @param by the newer one, for {@link DecisionStatus#SUPERSEDED}; null for the others
   * @throws DecisionException if there is no such decision, or its state does not allow it
   */
  public Position change(DecisionId id, DecisionStatus to, @Nullable DecisionId by) {
    return store.write(tx -> {
      Row row = row(tx, id);
      if (to == DecisionStatus.SUPERSEDED) {
        if (by == null || by.equals(id)) {
          throw new DecisionException(
              Reason.CONFLICT, id + " needs supersededBy: the id of another, newer decision");
        }
        supersede(tx, id, row(tx, by).seq(), by.toString());
        return;
      }
      if (!row.status().next().contains(to)) {
        throw new DecisionException(
            Reason.CONFLICT,
            id
                + " is "
                + row.status().word()
                + " and cannot become "
                + to.word()
                + "; it can become "
                + words(row.status()));
      }
      tx.update(CHANGE, to.word(), null, row.seq());
      journal.emit(
          tx, new DecisionChanged(id.toString(), row.seq(), row.status().word(), to.word(), null));
    });
  }

  private static String words(DecisionStatus status) {
    List<String> words = status.next().stream().map(DecisionStatus::word).sorted().toList();
    return words.isEmpty() ? "nothing else" : String.join(" or ", words);
  }
}
