package dev.millrace.apps.crew.decisions;

import dev.millrace.store.CommitShare;
import dev.millrace.store.Tx;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers that one commit gives out: read when its first decision comes, written once before
 * the end. Only the writer's thread uses it.
 */
final class Numbers implements CommitShare {
  private static final String NEWEST = "SELECT coalesce(max(seq), 0) FROM crew_decisions";
  private static final String PROJECT = "SELECT id, last FROM crew_projects WHERE name = ?";
  private static final String ADD =
      "INSERT INTO crew_projects (name, last) VALUES (?, 0) RETURNING id";
  private static final String ADVANCE = "UPDATE crew_projects SET last = ? WHERE id = ?";

  /** A project's counter within the commit. */
  static final class Counter {
    final long id;
    private final long saved;
    private long last;

    Counter(long id, long last) {
      this.id = id;
      this.saved = last;
      this.last = last;
    }

    long next() {
      return ++last;
    }
  }

  private final Map<String, Counter> counters = new HashMap<>();
  private long seq;

  private Numbers(Tx tx) {
    this.seq = tx.number(NEWEST);
  }

  static Numbers of(Tx tx) {
    return tx.share(Numbers.class, Numbers::new);
  }

  long nextSeq() {
    return ++seq;
  }

  Counter counter(Tx tx, String project) {
    Counter known = counters.get(project);
    if (known == null) {
      known =
          tx.find(PROJECT, row -> new Counter(row.getLong(1), row.getLong(2)), project)
              .orElseGet(() -> new Counter(tx.number(ADD, project), 0));
      counters.put(project, known);
    }
    return known;
  }

  @Override
  public void finish(Tx tx) {
    for (Counter counter : counters.values()) {
      if (counter.last != counter.saved) {
        tx.update(ADVANCE, counter.last, counter.id);
      }
    }
  }
}
