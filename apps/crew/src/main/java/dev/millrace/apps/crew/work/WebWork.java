package dev.millrace.apps.crew.work;

import dev.millrace.http.Json;
import dev.millrace.outbound.OutboundException;
import dev.millrace.outbound.WebAnswer;
import dev.millrace.outbound.WebClient;
import dev.millrace.outbound.WebRequest;
import dev.millrace.tasks.FatalFailure;
import java.util.Set;

/** Posts work to services as JSON; they answer with an {@link Answer}, or any JSON. Thread-safe. */
final class WebWork {
  private static final int MOST_ANSWER = 256 * 1024;
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final WebClient web;

  WebWork(WebClient web) {
    this.web = web;
  }

  Outcome run(Work work) throws PassingFailure, InterruptedException {
    String url = work.executor().url();
    if (url == null) {
      throw new FatalFailure("the executor of " + work.agent() + " names no url");
    }
    try {
      WebAnswer answer =
          web.send(
              WebRequest.post(url, Json.mapper().writeValueAsString(work))
                  .withHeaders(work.executor().headers())
                  .withMaxBytes(MOST_ANSWER)
                  .withTotal(work.timeLimit()));
      if (!answer.isSuccess()) {
        String why = answer.url() + " answered with status " + answer.status();
        if (PASSING.contains(answer.status())) {
          throw new PassingFailure(why, null);
        }
        throw new FatalFailure(why + "; look up what the service means by it");
      }
      return Outcome.of(work.agent(), AnswerReader.read(answer.body(), "answered"));
    } catch (OutboundException failure) {
      if (failure.isRetryable()) {
        throw new PassingFailure(String.valueOf(failure.getMessage()), failure);
      }
      throw new FatalFailure(String.valueOf(failure.getMessage()), failure);
    } catch (IllegalArgumentException wrong) {
      throw new FatalFailure(url + ": " + wrong.getMessage(), wrong);
    }
  }
}
