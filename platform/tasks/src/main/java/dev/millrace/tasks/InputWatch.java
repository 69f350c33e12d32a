package dev.millrace.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * News of tasks whose inputs hold a text. News have no inputs, so they are looked up in the
 * database, once a task and on the reader's thread: whoever changes tasks does not pay for it.
 */
final class InputWatch implements TaskWatch {
  /** Tasks whose inputs need not be looked at again. */
  private static final int KNOWN = 10_000;

  private final TaskWatch all;
  private final Function<List<Long>, Set<Long>> fitting;

  /** Confined to the reader's thread. */
  private final Map<Long, Boolean> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
          return size() > KNOWN;
        }
      };

  /**
   * @param all the news but for the inputs
   * @param fitting which of these tasks have such inputs
   */
  InputWatch(TaskWatch all, Function<List<Long>, Set<Long>> fitting) {
    this.all = all;
    this.fitting = fitting;
  }

  @Override
  public List<TaskChange> take(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      List<TaskChange> news = all.take(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (news.isEmpty()) {
        return news;
      }
      List<TaskChange> told = sifted(news);
      if (!told.isEmpty()) {
        return told;
      }
    }
  }

  private List<TaskChange> sifted(List<TaskChange> news) {
    List<Long> unknown =
        news.stream()
            .map(change -> change.id().key())
            .filter(key -> !known.containsKey(key))
            .toList();
    if (!unknown.isEmpty()) {
      Set<Long> fits = fitting.apply(unknown);
      unknown.forEach(key -> known.put(key, fits.contains(key)));
    }
    var told = new ArrayList<TaskChange>();
    for (TaskChange change : news) {
      if (known.getOrDefault(change.id().key(), false)) {
        told.add(change);
      }
    }
    return told;
  }

  @Override
  public boolean missed() {
    return all.missed();
  }

  @Override
  public void close() {
    all.close();
  }
}
