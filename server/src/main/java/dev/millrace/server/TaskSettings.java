package dev.millrace.server;

import dev.millrace.app.Setting;
import dev.millrace.tasks.TasksConfig;
import java.time.Duration;

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
        long history) {

  TasksConfig config(Duration gracePeriod) {
    return TasksConfig.defaults()
        .withConcurrency(concurrency)
        .withAgeing(ageing)
        .withStopGrace(gracePeriod)
        .withHistory(retention, history);
  }
}
