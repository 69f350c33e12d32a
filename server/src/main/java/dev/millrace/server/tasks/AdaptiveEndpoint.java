package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.server.tasks.AdaptiveWire.AdaptiveItem;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.adaptive.AdaptiveState;
import dev.millrace.tasks.adaptive.MemoryLevel;
import dev.millrace.tasks.adaptive.MemoryState;
import dev.millrace.tasks.adaptive.TuningState;
import java.time.Instant;
import java.util.List;

/** {@code /api/v1/adaptive}: what the memory guard and auto-tuning know and do. */
public final class AdaptiveEndpoint {
  private static final Instant AT = Instant.parse("2026-11-01T08:00:00Z");
  private static final AdaptiveItem EXAMPLE =
      AdaptiveItem.of(
          new AdaptiveState(
              new MemoryState(
                  true,
                  MemoryLevel.HELD,
                  0.72,
                  AT,
                  512L << 20,
                  0,
                  0,
                  List.of(new MemoryState.Change(AT, MemoryLevel.CALM, MemoryLevel.HELD, 0.72))),
              new TuningState(
                  true,
                  List.of(new TuningState.Value("default", 64, 96, false)),
                  List.of(new TuningState.Trial(AT, "default", 64, 96, 1.31, true)))));

  private final Tasks tasks;

  public AdaptiveEndpoint(Tasks tasks) {
    this.tasks = tasks;
  }

  /** The endpoint. */
  public Endpoint endpoint() {
    return Endpoint.get("/api/v1/adaptive")
        .id("showAdaptive")
        .summary("Show what the memory guard and auto-tuning do")
        .description("Queues that find their concurrency by themselves tell so in /api/v1/queues.")
        .tags("queues")
        .answers(200, AdaptiveItem.class, EXAMPLE)
        .noEtag()
        .handle(_ -> Reply.ok(now()));
  }

  /** How it stands now. */
  public Object now() {
    return AdaptiveItem.of(tasks.adaptive());
  }
}
