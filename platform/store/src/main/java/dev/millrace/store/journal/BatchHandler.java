package dev.millrace.store.journal;

import dev.millrace.store.Tx;
import java.util.List;

/**
 * Handles events inside the commit that also saves how far the follower has come, so each event
 * counts exactly once. The rules of {@link dev.millrace.store.TxWork} hold: it may run twice and
 * has no effect outside {@code tx}.
 */
@FunctionalInterface
public interface BatchHandler {
  void handle(Tx tx, List<Event> events) throws Exception;
}
