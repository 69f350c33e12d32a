package dev.millrace.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.millrace.bench.Samples;
import dev.millrace.bench.StartTimes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * db-scheduler. Its documentation names {@code pollUsingLockAndFetch} as the fastest way to poll on
 * PostgreSQL; SQLite has only the default one.
 */
final class DbScheduler implements Peer {
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name varchar(100) NOT NULL, task_instance varchar(100) NOT NULL, task_data %s,
        execution_time %s, picked %s NOT NULL, picked_by varchar(50), last_success %2$s,
        last_failure %2$s, consecutive_failures INT, last_heartbeat %2$s,
        version BIGINT NOT NULL, priority SMALLINT, state varchar(50),
        PRIMARY KEY (task_name, task_instance))\
      """;

  private static final int WORKERS = 32;

  private final Database database;
  private final boolean sqlite;
  private final OneTimeTask<Void> task =
      Tasks.oneTime("noop").execute((task, _) -> Bodies.starts(Long.parseLong(task.getId())));
  private final SchedulerClient client;
  private final AtomicLong ids = new AtomicLong();

  private DbScheduler(Database database, boolean sqlite) {
    this.database = database;
    this.sqlite = sqlite;
    this.client = SchedulerClient.Builder.create(database.pool(), task).build();
  }

  static DbScheduler onSqlite(Database database) throws SQLException {
    prepare(database, TABLE.formatted("blob", "TIMESTAMP", "BIT"));
    return new DbScheduler(database, true);
  }

  static DbScheduler onPostgres(Database database) throws SQLException {
    prepare(database, TABLE.formatted("bytea", "timestamp with time zone", "BOOLEAN"));
    return new DbScheduler(database, false);
  }

  private static void prepare(Database database, String table) throws SQLException {
    database.prepare(
        table,
        "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
        "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
  }

  @Override
  public void submit() {
    client.scheduleIfNotExists(next(), Instant.now());
  }

  @Override
  public void submitAll(int count) {
    Instant now = Instant.now();
    List<TaskInstance<?>> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(next());
      if (batch.size() == 1_000 || i == count - 1) {
        client.scheduleBatch(List.copyOf(batch), now);
        batch.clear();
      }
    }
  }

  private TaskInstance<Void> next() {
    return new TaskInstance<>("noop", Long.toString(ids.incrementAndGet()));
  }

  @Override
  public Duration drain(int count, Duration limit) throws Exception {
    Scheduler scheduler = scheduler().build();
    Bodies.count(count);
    long start = System.nanoTime();
    scheduler.start();
    try {
      return Bodies.await(start, limit);
    } finally {
      scheduler.stop();
    }
  }

  @Override
  public Samples startTimes(StartTimes times, int perSecond, Duration limit) throws Exception {
    Scheduler scheduler = scheduler().enableImmediateExecution().build();
    scheduler.start();
    Bodies.time(times);
    try {
      return times.measure(
          perSecond,
          limit,
          number ->
              scheduler.scheduleIfNotExists(
                  new TaskInstance<>("noop", Integer.toString(number)), Instant.now()));
    } finally {
      Bodies.reset();
      scheduler.stop();
    }
  }

  private SchedulerBuilder scheduler() {
    SchedulerBuilder builder =
        Scheduler.create(database.pool(), task)
            .threads(WORKERS)
            .pollingInterval(Duration.ofMillis(50));
    return sqlite ? builder : builder.pollUsingLockAndFetch(0.5, 4.0);
  }

  @Override
  public void close() throws Exception {
    database.close();
  }
}
