package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chunk whose handler is at work, or about to be. Its lock guards the handler's thread, as that
 * of a {@link LiveRun} does, and is never held while another one is taken.
 */
final class OpenChunk<I, O> implements Chunk<I, O> {
  private final List<ChunkMember<I, O>> members;
  private final @Nullable Instant deadline;

  /** Guarded by this. */
  private @Nullable Thread thread;

  /** Whether its tasks are being told, or were; guarded by this. */
  private boolean told;

  private volatile boolean ending;
  private @Nullable ChunkEnd<I, O> finish;

  OpenChunk(List<ChunkMember<I, O>> members, @Nullable Instant deadline) {
    this.members = List.copyOf(members);
    this.deadline = deadline;
    for (ChunkMember<I, O> member : members) {
      member.run.deadline(deadline);
      member.run.chunk = this;
    }
  }

  List<ChunkMember<I, O>> members() {
    return members;
  }

  /** The handler starts on this thread. */
  void begin() {
    synchronized (this) {
      thread = Thread.currentThread();
      if (ending) {
        thread.interrupt();
      }
    }
    for (ChunkMember<I, O> member : members) {
      LiveRun.Stop stop = member.run.stopped();
      if (stop != null) {
        told(stop); // Before it knew of its chunk.
      }
    }
  }

  /** The handler has returned: no interrupt comes any more, and one that came is forgotten. */
  @SuppressWarnings("ThreadInterruptedClearsFlag")
  void end() {
    synchronized (this) {
      thread = null;
    }
    boolean _ = Thread.interrupted();
  }

  /**
   * One of its tasks, or all of them, are asked to end. A cancelled one leaves the others at work;
   * any other reason is one for all.
   */
  void told(LiveRun.Stop reason) {
    if (reason == LiveRun.Stop.CANCELLED && !areAllStopped()) {
      return;
    }
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
    }
    // They know why before the handler comes to its end.
    members.forEach(member -> member.run.stop(reason));
    synchronized (this) {
      ending = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  private boolean areAllStopped() {
    return members.stream().allMatch(member -> member.run.stopped() != null);
  }

  @Nullable ChunkEnd<I, O> finishWork() {
    return finish;
  }

  @Override
  public List<ChunkTask<I, O>> tasks() {
    return List.copyOf(members);
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  @Override
  public boolean cancelled() {
    return ending;
  }

  @Override
  public void finish(ChunkEnd<I, O> work) {
    if (finish != null) {
      throw new IllegalStateException(
          "finish was called before for this chunk; put all work into one call");
    }
    finish = work;
  }
}
