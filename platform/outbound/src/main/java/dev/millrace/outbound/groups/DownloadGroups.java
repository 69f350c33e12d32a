package dev.millrace.outbound.groups;

import dev.millrace.outbound.DownloadLimits;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.spi.DownloadEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups under way in this process, over any engine. Thread-safe.
 *
 * <p>Groups are in memory. What outlives the process are the files: whoever submits the same
 * requests again finds those that are complete at their targets, and the engine goes on with the
 * others where they were.
 */
public final class DownloadGroups {
  private static final int MOST_FILES = 100_000;

  private final DownloadEngine engine;
  private final ConcurrentHashMap<String, DownloadGroup> groups = new ConcurrentHashMap<>();

  public DownloadGroups(DownloadEngine engine) {
    this.engine = engine;
  }

  /**
   * Starts a group.
   *
   * @param name by which others find it until it is closed
   * @param paused whether it waits until somebody resumes it
   * @throws IllegalArgumentException if there are more than 100,000 files
   * @throws IllegalStateException if a group of the name is under way
   */
  public DownloadGroup submit(String name, List<DownloadRequest> files, boolean paused) {
    if (files.size() > MOST_FILES) {
      throw new IllegalArgumentException(
          "files has " + files.size() + " entries; ask for at most " + MOST_FILES + " at once");
    }
    var group = new DownloadGroup(name, engine, files, () -> groups.remove(name));
    if (groups.putIfAbsent(name, group) != null) {
      throw new IllegalStateException(
          "a group '" + name + "' is under way; close it, or choose another name");
    }
    group.start(paused);
    return group;
  }

  /** The group of this name, if it is under way. */
  public Optional<DownloadGroup> find(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** All of them, by name. */
  public List<DownloadGroup> all() {
    return groups.values().stream().sorted(Comparator.comparing(DownloadGroup::name)).toList();
  }

  /** What holds for all files of all groups together. */
  public DownloadLimits limits() {
    return engine.limits();
  }

  /** Changes that, also for what is under way; not durable. */
  public void limit(DownloadLimits limits) {
    engine.limit(limits);
  }

  /** What brings the files. */
  public DownloadEngine engine() {
    return engine;
  }
}
