package dev.millrace.store.journal;

import java.util.List;

/**
 * Handles events outside the database, on the follower's own thread. After a crash the last batch
 * comes again, perhaps cut differently, so the output is idempotent by {@link Event#cursor}.
 */
@FunctionalInterface
public interface OutsideHandler {
  void handle(List<Event> events) throws Exception;
}
