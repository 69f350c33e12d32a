package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task in its chunk. */
final class ChunkMember<I, O> implements ChunkTask<I, O> {
  final LiveRun run;
  private final KnownType<I, O> known;
  private final I input;

  /** What its handler said; guarded by this. */
  private @Nullable End end;

  /** What a handler says of a task. */
  sealed interface End {
    /**
     * @param output as JSON
     */
    record Done(@Nullable String output) implements End {}

    /**
     * @param delay until the next attempt; null for what the type says
     */
    record Failed(Throwable why, @Nullable Duration delay) implements End {}

    record Discarded(String reason) implements End {}
  }

  ChunkMember(LiveRun run, KnownType<I, O> known, I input) {
    this.run = run;
    this.known = known;
    this.input = input;
  }

  /** Null if its handler said nothing. */
  synchronized @Nullable End end() {
    return end;
  }

  private synchronized void settle(End how) {
    if (end != null) {
      throw new IllegalStateException(
          "task " + run.id() + " was settled before in this chunk; settle each task once");
    }
    end = how;
  }

  @Override
  public void succeed(@Nullable O result) {
    settle(new End.Done(known.encodeOutput(result)));
  }

  @Override
  public void fail(Throwable why) {
    settle(new End.Failed(why, null));
  }

  @Override
  public void retry(Duration delay, Throwable why) {
    if (delay.isNegative() || delay.compareTo(Limits.LONGEST_WAIT) > 0) {
      throw Limits.option("delay", delay, "Use PT0S to " + Limits.LONGEST_WAIT + ".");
    }
    settle(new End.Failed(why, delay));
  }

  @Override
  public void discard(String reason) {
    settle(new End.Discarded(reason));
  }

  @Override
  public TaskId id() {
    return run.id();
  }

  @Override
  public I input() {
    return input;
  }

  @Override
  public int attempt() {
    return run.attempt();
  }

  @Override
  public List<String> tags() {
    return run.tags();
  }

  @Override
  public Optional<String> tenant() {
    return run.tenant();
  }

  @Override
  public Optional<String> key() {
    return run.key();
  }

  @Override
  public Optional<String> traceparent() {
    return run.traceparent();
  }

  @Override
  public boolean cancelled() {
    return run.cancelled();
  }

  @Override
  public void progress(long done, long total, @Nullable String message) {
    run.progress(done, total, message);
  }

  @Override
  public void log(LogLine.Level level, String text) {
    run.log(level, text);
  }
}
