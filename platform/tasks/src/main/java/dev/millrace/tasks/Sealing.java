package dev.millrace.tasks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encryption under the keys of tasks: for small secrets of the program, such as those of web hooks,
 * and to rewrite what older keys have encrypted. Thread-safe.
 */
public interface Sealing {
  /** The ids of the keys, the newest last; empty if nothing is encrypted. */
  List<String> keyIds();

  /**
   * A text as it may stand in a table: encrypted with the newest key, or as it is without keys.
   *
   * @param place what it is and whose; it does not open as anything else
   */
  String seal(String place, String text);

  /**
   * The text that was sealed, also one that was stored as it is.
   *
   * @throws SealedException if its key is missing or is another one
   */
  String open(String place, String stored);

  /** Whether a stored text is as {@link #seal} would write it now. */
  boolean isFresh(String stored);

  /**
   * Rewrites what older keys have encrypted of tasks, workflows, batches and schedules, under the
   * newest key: a part of it, in commits of some milliseconds, beside all else that goes on. Doing
   * it again does nothing more. What moves between tables meanwhile may be left out, so nothing is
   * left under an older key when a whole round of parts has rewritten nothing.
   *
   * @param from empty for the first part, then what the part before has answered
   * @throws InterruptedException if the thread is interrupted; what is rewritten stays so
   */
  Rewritten rewrite(String from) throws InterruptedException;

  /**
   * What a part has done.
   *
   * @param next where the next one begins; null after the last
   * @param tasks how many were looked at
   * @param values how many were rewritten
   * @param closed how many could not be opened, by the id of the key that they ask for
   */
  record Rewritten(@Nullable String next, long tasks, long values, Map<String, Long> closed) {
    public Rewritten {
      closed = Map.copyOf(closed);
    }
  }
}
