package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Overlap;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A process with schedules that a test kills. Says {@code ready}, and {@code body} for each task
 * that runs.
 */
final class ScheduleVictim {
  record Nothing() {}

  private ScheduleVictim() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    var store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    Tasks tasks = Tasks.on(store, folder).build();
    tasks.register(
        TaskType.io(
            "tick",
            Nothing.class,
            Nothing.class,
            (_, nothing) -> {
              System.out.println("body");
              return nothing;
            }));
    tasks.start();
    Schedules schedules = tasks.schedules();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      if (schedules.find("every-" + i).isEmpty()) {
        schedules.create(
            Schedule.of(
                    "every-" + i,
                    "tick",
                    JsonNodeFactory.instance.objectNode(),
                    Schedule.every(Duration.ofSeconds(1)))
                .withMisfire(Misfire.ALL)
                .withOverlap(i % 2 == 0 ? Overlap.ALLOW : Overlap.QUEUE));
      }
    }
    System.out.println("ready");
    new java.util.concurrent.CountDownLatch(1).await();
  }
}
