package dev.millrace.bench.peer;

import dev.millrace.bench.Samples;
import dev.millrace.bench.StartTimes;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/** JobRunr, with the shortest poll interval that it allows. */
final class JobRunrPeer implements Peer {
  private static final int WORKERS = 32;

  private final Database database;
  private final JsonMapper json = new Jackson3JsonMapper();
  private final StorageProvider storage;
  private final JobRequestScheduler scheduler;

  JobRunrPeer(Database database) {
    this.database = database;
    DataSource source = database.pool();
    this.storage = SqlStorageProviderFactory.using(source);
    storage.setJobMapper(new JobMapper(json));
    this.scheduler = new JobRequestScheduler(storage);
  }

  @Override
  public void submit() {
    scheduler.enqueue(new NoopJob(0));
  }

  @Override
  public void submitAll(int count) {
    scheduler.enqueue(Stream.generate(() -> new NoopJob(0)).limit(count));
  }

  @Override
  public Duration drain(int count, Duration limit) throws Exception {
    BackgroundJobServer server = server();
    Bodies.count(count);
    long start = System.nanoTime();
    server.start();
    try {
      return Bodies.await(start, limit);
    } finally {
      server.stop();
    }
  }

  @Override
  public Samples startTimes(StartTimes times, int perSecond, Duration limit) throws Exception {
    BackgroundJobServer server = server();
    server.start();
    Bodies.time(times);
    try {
      return times.measure(perSecond, limit, number -> scheduler.enqueue(new NoopJob(number)));
    } finally {
      Bodies.reset();
      server.stop();
    }
  }

  private BackgroundJobServer server() {
    return new BackgroundJobServer(
        storage,
        json,
        null,
        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
            .andPollInterval(Duration.ofSeconds(5))
            .andWorkerCount(WORKERS));
  }

  @Override
  public void close() throws Exception {
    scheduler.shutdown();
    storage.close();
    database.close();
  }
}
