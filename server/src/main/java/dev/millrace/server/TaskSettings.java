package dev.millrace.server;

import dev.millrace.app.Setting;
import dev.millrace.tasks.AdaptiveConfig;
import dev.millrace.tasks.TasksConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of tasks; {@link TasksConfig} has more, whose defaults fit everybody so far. */
record TaskSettings(
    @Setting(
            value = "64",
            min = 1,
            max = 4096,
            doc = "How many tasks of a queue run at once, unless the queue has a limit of its own.")
        int concurrency,
    @Setting(
            value = "1m",
            max = 86_400_000,
            doc =
                "How much earlier a task counts as submitted for each level of priority: an idle"
                    + " task (9) waits at most 9 times this behind urgent ones (0).")
        Duration ageing,
    @Setting(value = "30d", min = 3_600_000, doc = "How long finished tasks stay in history.")
        Duration retention,
    @Setting(
            value = "10000000",
            min = 1000,
            max = 1_000_000_000,
            doc = "How many finished tasks stay in history.")
        long history,
    Adaptive adaptive) {

  /** What finds out by itself how much is run at once. */
  record Adaptive(
      @Setting(
              value = "true",
              doc =
                  "Whether queues that are set to 'auto' find out by themselves how many of their"
                      + " tasks run at once; where not, they run what others run.")
          boolean autoConcurrency,
      @Setting(
              value = "",
              doc =
                  "Queues that are set to 'auto' from the start, unless somebody sets them"
                      + " otherwise; * for all.")
          List<String> autoQueues,
      @Setting(
              value = "true",
              doc =
                  "Whether less is started before memory is full, and submissions are refused as"
                      + " the last measure.")
          boolean memoryGuard,
      @Setting(
              value = "true",
              doc =
                  "Whether trials are made with how many tasks run at once, in queues that have"
                      + " more to do than they get done and that nobody has set.")
          boolean autoTuning,
      @Setting(
              value = "5s",
              min = 100,
              max = 3_600_000,
              doc = "How long such a trial takes at least, and what it is compared with.")
          Duration trialTime) {
    AdaptiveConfig config() {
      return new AdaptiveConfig(
          autoConcurrency, Set.copyOf(autoQueues), memoryGuard, autoTuning, trialTime);
    }
  }

  TasksConfig config(Duration gracePeriod) {
    return TasksConfig.defaults()
        .withConcurrency(concurrency)
        .withAgeing(ageing)
        .withStopGrace(gracePeriod)
        .withHistory(retention, history)
        .withAdaptive(adaptive.config());
  }
}
