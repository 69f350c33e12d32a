package dev.millrace.server.tasks;

import dev.millrace.http.schema.Doc;
import dev.millrace.tasks.adaptive.AdaptiveState;
import dev.millrace.tasks.adaptive.MemoryState;
import dev.millrace.tasks.adaptive.TuningState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found by itself, as it is on the wire. */
final class AdaptiveWire {
  private AdaptiveWire() {}

  /** The memory guard and auto-tuning. */
  public record AdaptiveItem(MemoryItem memory, TuningItem tuning) {
    static AdaptiveItem of(AdaptiveState state) {
      return new AdaptiveItem(MemoryItem.of(state.memory()), TuningItem.of(state.tuning()));
    }
  }

  /** The memory guard. */
  public record MemoryItem(
      @Doc("Whether it does anything: tasks.adaptive.memory-guard.") boolean on,
      @Doc(
              "calm: nothing. held: no queue runs more than it does. lowered: queues run fewer and"
                  + " keep fewer waiting tasks in memory. put-back: half of what runs is put back,"
                  + " the youngest first. refusing: submissions are refused.")
          String level,
      @Doc("The share of the heap that was alive when it last looked; missing before.")
          @Nullable Double alive,
      @Nullable Instant measuredAt,
      @Doc("How large the heap may become, in bytes.") long maxBytes,
      @Doc("Runs put back since the start.") long putBack,
      @Doc("Submissions refused since the start.") long refused,
      @Doc("Changes of the level, newest first.") List<LevelItem> changes) {
    static MemoryItem of(MemoryState state) {
      return new MemoryItem(
          state.on(),
          state.level().word(),
          state.alive(),
          state.measuredAt(),
          state.maxBytes(),
          state.putBack(),
          state.refused(),
          state.changes().stream()
              .map(each ->
                  new LevelItem(each.at(), each.from().word(), each.to().word(), each.alive()))
              .toList());
    }
  }

  /** The level went from one to another. */
  public record LevelItem(
      Instant at,
      String from,
      String to,
      @Doc("The share of the heap that was alive.") double alive) {}

  /** Auto-tuning. */
  public record TuningItem(
      @Doc("Whether trials are made: tasks.adaptive.auto-tuning.") boolean on,
      @Doc("What it has set, by queue.") List<TunedItem> values,
      @Doc("The latest trials, newest first.") List<TrialItem> trials) {
    static TuningItem of(TuningState state) {
      return new TuningItem(
          state.on(),
          state.values().stream()
              .map(each -> new TunedItem(each.queue(), each.base(), each.value(), each.trying()))
              .toList(),
          state.trials().stream()
              .map(each ->
                  new TrialItem(
                      each.at(),
                      each.queue(),
                      each.from(),
                      each.tried(),
                      each.ratio(),
                      each.kept()))
              .toList());
    }
  }

  /** A concurrency as it is tuned. */
  public record TunedItem(
      String queue,
      @Doc("What it would be without.") int base,
      @Doc("What it is.") int value,
      @Doc("Whether that is a trial.") boolean trying) {}

  /** A trial that is over. */
  public record TrialItem(
      Instant at,
      String queue,
      @Doc("The concurrency before.") int from,
      @Doc("The one that was tried.") int tried,
      @Doc(
              "Tasks a second with it over those before; missing if it was broken off because there"
                  + " was not enough to do.")
          @Nullable Double ratio,
      @Doc("Whether it stayed; else it was undone.") boolean kept) {}
}
