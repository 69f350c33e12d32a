package dev.millrace.outbound;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The figures of a download under way: written by its thread, read by any. */
final class Tally {
  volatile DownloadProgress.Phase phase = DownloadProgress.Phase.WAITING;
  volatile long bytes;
  volatile long total = -1;
  volatile int attempt;
  final AtomicLong fetched = new AtomicLong();
  volatile @Nullable String lastFailure;
}
