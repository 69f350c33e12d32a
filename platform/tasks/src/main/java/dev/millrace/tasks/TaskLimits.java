package dev.millrace.tasks;

import dev.millrace.store.Position;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits on how many tasks run at once and how often they start. A task that its limits do not let
 * start waits in state {@code waiting} for {@code limit <name>}, with the key behind it, in the
 * order of its queue, and holds no slot; the commit in which a run ends lets the next one go.
 *
 * <p>Limits are durable and take effect at once, also for what waits already; what runs goes on.
 * They hold over restarts: rates are spent in the database ahead of the starts. A type declares
 * limits of its own under {@code type.<type>} and {@code key.<type>}; one that is set here under
 * such a name takes its place until it is removed.
 *
 * <p>Thread-safe. Refusals are {@link TaskException}s.
 */
public interface TaskLimits {
  /**
   * Adds a limit, or puts it in the place of the one of its name.
   *
   * @throws TaskException if it limits nothing, or there are 1,000 already
   */
  Position set(Limit limit);

  /**
   * Removes a limit that was set, with the numbers of single keys; one that code declares is in
   * force again then, and these stay.
   *
   * @throws TaskException if none was set under that name
   */
  Position remove(String name);

  /**
   * Has a limit of each key hold with other numbers for one key, from now on.
   *
   * @throws TaskException if there is no such limit, it is not one of each key, or 10,000 keys have
   *     numbers of their own already
   */
  Position setKey(KeyLimit of);

  /**
   * Has a key obey the numbers of all again.
   *
   * @throws TaskException if it has none of its own
   */
  Position removeKey(String limit, String key);

  /**
   * The keys with numbers of their own, by key.
   *
   * @param most 1 to 200
   * @param after {@link KeyLimitPage#next} of the page before; null for the first
   * @throws TaskException if there is no such limit
   */
  KeyLimitPage keys(String limit, int most, @Nullable String after);

  Optional<LimitView> find(String name);

  /** All limits, by name. */
  List<LimitView> list();
}
