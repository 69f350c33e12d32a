package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that were taken from their queue and wait until there are enough of them for a chunk.
 * Guarded by the lock of {@link Chunks}.
 */
final class Gathering {
  /**
   * Which tasks come together.
   *
   * @param key null where the key does not matter, or there is none
   */
  record Place(String queue, String type, @Nullable String key) {}

  private final Chunks chunks;
  final Place place;
  final KnownType<?, ?> known;
  final TaskQueue queue;
  final List<LiveRun> runs = new ArrayList<>();

  /** Goes off when the first one has waited long enough. */
  @Nullable Future<?> alarm;

  Gathering(Chunks chunks, Place place, KnownType<?, ?> known, TaskQueue queue) {
    this.chunks = chunks;
    this.place = place;
    this.known = known;
    this.queue = queue;
  }

  /** One of its tasks is asked to end. */
  void leave(LiveRun run) {
    chunks.leave(run);
  }
}
