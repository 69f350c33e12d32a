package dev.millrace.bench.peer;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** The request that JobRunr stores, and the handler that it makes by reflection to run it. */
public record NoopJob(int number) implements JobRequest {
  @Override
  public Class<Handler> getJobRequestHandler() {
    return Handler.class;
  }

  /** Does nothing but say that it ran. */
  public static final class Handler implements JobRequestHandler<NoopJob> {
    @Override
    public void run(NoopJob request) {
      Bodies.starts(request.number());
    }
  }
}
