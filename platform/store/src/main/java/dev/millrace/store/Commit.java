package dev.millrace.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the works of one transaction have in common. Confined to the writer's thread. */
final class Commit {
  private static final Logger LOG = LoggerFactory.getLogger(Commit.class);

  final Session session;
  final Position before;

  /** What shares write with: it outlives the single work. */
  private final TxView tx;

  private final Map<Class<?>, CommitShare> shares = new LinkedHashMap<>();
  private final List<Runnable> after = new ArrayList<>();
  private List<Runnable> undo = List.of();

  Commit(Session session, Position before) {
    this.session = session;
    this.before = before;
    this.tx = new TxView(this);
  }

  long number() {
    return before.number() + 1;
  }

  Position position() {
    return new Position(before.history(), number());
  }

  void afterCommit(Runnable action) {
    after.add(action);
  }

  void afterRollback(Runnable action) {
    if (undo.isEmpty()) {
      undo = new ArrayList<>();
    }
    undo.add(action);
  }

  <S extends CommitShare> S share(Class<S> type, Function<Tx, S> factory) {
    CommitShare known = shares.get(type);
    if (known != null) {
      return type.cast(known);
    }
    S made = factory.apply(tx);
    shares.put(type, made);
    return made;
  }

  /** Lets every share write what it collected, also those that other shares begin meanwhile. */
  void finishShares() {
    var finished = new ArrayList<Class<?>>();
    while (finished.size() < shares.size()) {
      for (Map.Entry<Class<?>, CommitShare> entry : List.copyOf(shares.entrySet())) {
        if (!finished.contains(entry.getKey())) {
          finished.add(entry.getKey());
          entry.getValue().finish(tx);
        }
      }
    }
  }

  void runHooks(List<CommitHook> hooks) {
    for (CommitHook hook : hooks) {
      hook.beforeCommit(tx, session.schemaChanged());
    }
  }

  void runAfterCommit() {
    run(after, "an action after a commit failed; the commit stands");
  }

  /** The last first, as they were done. */
  void runAfterRollback() {
    run(undo.reversed(), "an action after a roll-back failed");
  }

  private static void run(List<Runnable> actions, String failed) {
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException | Error failure) {
        LOG.error(failed, failure);
      }
    }
  }
}
