package dev.millrace.outbound.spi;

import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadLimits;
import dev.millrace.outbound.DownloadProgress;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.Downloaded;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings files from the web to disk, one a call. Thread-safe; thousands of calls may be under way
 * at once, each on a virtual thread of its own, and the engine keeps to its limits by letting them
 * wait.
 */
public interface DownloadEngine extends AutoCloseable {
  /** The word for it in the configuration. */
  String name();

  /**
   * Returns when the file is complete at its target, which appears in one step. Interrupting the
   * thread ends the call soon; what was loaded is kept, and the next call for the same URL goes on
   * from there, as it does after the process was killed.
   *
   * @param progress called on this thread, some times a second and once at the end; what it throws
   *     ends the call
   * @throws DownloadException if it cannot be had, after all attempts
   * @throws InterruptedException if the thread was interrupted
   */
  Downloaded fetch(DownloadRequest request, Consumer<DownloadProgress> progress)
      throws DownloadException, InterruptedException;

  /** What holds now for all calls together. */
  DownloadLimits limits();

  /** Changes that, also for what is under way. */
  void limit(DownloadLimits limits);

  /** What keeps it from its work as a whole and what to do; nothing if all is well. */
  Optional<String> trouble();

  /** Ends what is under way with {@code CANCELLED} and gives back what it holds. */
  @Override
  void close();
}
