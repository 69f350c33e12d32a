package dev.millrace.outbound;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One file that aria2 fetches. Handed over by the thread that waits for it to the one that talks to
 * aria2; {@code gid}, {@code losses} and {@code removing} belong to the latter.
 */
final class Aria2Job {
  final WebUrl url;
  final Path file;
  final GuardedProxy.Ticket ticket;
  final CompletableFuture<End> end = new CompletableFuture<>();
  volatile long completed;
  volatile long total = -1;
  volatile boolean active;
  volatile boolean dropped;
  @Nullable String gid;
  int losses;
  boolean removing;

  Aria2Job(WebUrl url, Path file, GuardedProxy.Ticket ticket) {
    this.url = url;
    this.file = file;
    this.ticket = ticket;
  }

  /** How it ended; aria2 has let go of the file then. */
  sealed interface End {
    record Complete() implements End {}

    record Dropped() implements End {}

    record Failed(OutboundException failure) implements End {}
  }
}
