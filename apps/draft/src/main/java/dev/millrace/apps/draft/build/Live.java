package dev.millrace.apps.draft.build;

import dev.millrace.outbound.groups.GroupFile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a build stands at a moment.
 *
 * @param version grows with every change
 * @param progress of the whole, in thousandths
 * @param files in all
 * @param done files that are here
 * @param failed files that were given up
 * @param bytes loaded so far
 * @param knownBytes sum of the sizes known so far
 * @param eta until all files are here; null if it cannot be told
 * @param running files under way
 */
public record Live(
    long version,
    Stage stage,
    int progress,
    String message,
    int files,
    int done,
    int failed,
    long bytes,
    long knownBytes,
    long bytesPerSecond,
    @Nullable Duration eta,
    List<GroupFile> running) {
  public Live {
    running = List.copyOf(running);
  }
}
