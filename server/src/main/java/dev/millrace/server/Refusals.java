package dev.millrace.server;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointHandler;
import dev.millrace.http.ProblemType;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.store.PositionException;
import dev.millrace.store.StoreException;
import dev.millrace.store.journal.GoneException;
import dev.millrace.tasks.TaskException;
import java.util.ArrayList;
import java.util.List;

/** Turns what the parts refuse into problems, for every endpoint in one place. */
final class Refusals {
  private static final ProblemType STORE_FULL =
      new ProblemType(
          "store-full",
          507,
          "There is no room for this write",
          "Free some disk space, or raise store.max-size; nothing of the write was kept.");
  private static final ProblemType STORE_UNAVAILABLE =
      new ProblemType(
          "store-unavailable",
          503,
          "The database cannot take this now",
          "Look at /health, and try again.");

  private static final ProblemType POSITION_REFUSED =
      new ProblemType(
          "position-refused",
          412,
          "The position is of another history or has not come yet",
          "Read the present state again, without a position.");
  private static final ProblemType EVENTS_GONE =
      new ProblemType(
          "events-gone",
          410,
          "These events were trimmed",
          "Read the present state, then the events after its position.");

  private Refusals() {}

  /** The same endpoint, whose handler answers refusals of the parts with problems. */
  static Endpoint answered(Endpoint endpoint) {
    List<ProblemType> problems = new ArrayList<>(endpoint.problems());
    problems.add(STORE_UNAVAILABLE);
    problems.add(POSITION_REFUSED);
    if (endpoint.method() != Endpoint.Method.GET) {
      problems.add(STORE_FULL);
    } else {
      problems.add(EVENTS_GONE);
    }
    return new Endpoint(
        endpoint.method(),
        endpoint.path(),
        endpoint.id(),
        endpoint.summary(),
        endpoint.description(),
        endpoint.tags(),
        endpoint.pathParameters(),
        endpoint.query(),
        endpoint.body(),
        endpoint.answers(),
        problems,
        endpoint.role(),
        endpoint.etag(),
        guarded(endpoint.handler()));
  }

  private static <B, Q> EndpointHandler<B, Q> guarded(EndpointHandler<B, Q> handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (TaskException refusal) {
        throw TaskProblems.of(refusal);
      } catch (StoreException refusal) {
        throw problem(refusal);
      } catch (PositionException refusal) {
        throw POSITION_REFUSED.because(String.valueOf(refusal.getMessage()));
      } catch (GoneException refusal) {
        throw EVENTS_GONE.because(String.valueOf(refusal.getMessage()));
      }
    };
  }

  private static RuntimeException problem(StoreException refusal) {
    String detail = String.valueOf(refusal.getMessage());
    return switch (refusal.reason()) {
      case DISK_FULL -> STORE_FULL.because(detail);
      case READ_ONLY, LOCKED, IO, INTERRUPTED, LIMIT, CLOSED, CORRUPT ->
          STORE_UNAVAILABLE.because(detail);
      // Wrong SQL or a broken constraint that no endpoint expected is a bug, not an answer.
      case CONSTRAINT, NEWER_VERSION, STATEMENT, INTERNAL -> refusal;
    };
  }
}
