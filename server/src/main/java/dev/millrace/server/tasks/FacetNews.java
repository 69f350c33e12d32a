package dev.millrace.server.tasks;

import dev.millrace.server.tasks.FacetsEndpoint.FacetItem;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskWatch;
import dev.millrace.tasks.Tasks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a filter for one stream, counted again when any task has changed: at most once a
 * second, and never for more than a tenth of the time. Confined to its stream's thread.
 */
final class FacetNews implements AutoCloseable {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int SHARE = 10;

  private final Tasks tasks;
  private final TaskFilter filter;
  private final TaskWatch anything;
  private @Nullable FacetItem sent;
  private long nextAt = System.nanoTime();

  FacetNews(Tasks tasks, TaskFilter filter) {
    this.tasks = tasks;
    this.filter = filter;
    anything = tasks.watch(TaskFilter.all());
  }

  /** The counts, if they are others than before; null if it is not time or nothing has changed. */
  @Nullable FacetItem take() throws InterruptedException {
    long now = System.nanoTime();
    if (now - nextAt < 0) {
      return null;
    }
    boolean missed = anything.missed();
    boolean told = !anything.take(Duration.ZERO).isEmpty();
    if (sent != null && !told && !missed) {
      return null;
    }
    FacetItem counted = FacetItem.of(tasks.facets(filter));
    long end = System.nanoTime();
    nextAt = end + Math.max(SECOND, SHARE * (end - now));
    if (counted.equals(sent)) {
      return null;
    }
    sent = counted;
    return counted;
  }

  /** How long to wait for other news before it may be time again. */
  Duration rest() {
    return Duration.ofNanos(Math.max(SECOND / 2, nextAt - System.nanoTime()));
  }

  @Override
  public void close() {
    anything.close();
  }
}
