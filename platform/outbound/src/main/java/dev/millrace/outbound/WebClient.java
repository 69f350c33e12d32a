package dev.millrace.outbound;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with small answers under the same guard and limits as downloads. Thread-safe;
 * every call blocks and is meant for a virtual thread; interrupt it to cancel.
 */
public final class WebClient {
  private static final int BUFFER = 8 * 1024;

  private final OutboundConfig config;
  private final GuardedClient client;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final OutboundMetrics metrics;
  private final Semaphore slots;

  WebClient(
      OutboundConfig config,
      GuardedClient client,
      InstantSource clock,
      RandomGenerator random,
      OutboundMetrics metrics) {
    this.config = config;
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
    slots = new Semaphore(config.maxDownloads(), true);
  }

  /**
   * Returns the answer, of whatever status; passing failures and statuses (429, 503 and the like)
   * were tried again before, if the request is repeatable.
   *
   * @throws OutboundException if no whole answer came
   * @throws InterruptedException if the thread was interrupted
   */
  public WebAnswer send(WebRequest request) throws OutboundException, InterruptedException {
    long start = System.nanoTime();
    String outcome = "interrupted";
    try {
      WebAnswer answer = attempts(request);
      outcome = answer.status() / 100 + "xx";
      return answer;
    } catch (OutboundException e) {
      outcome = OutboundMetrics.tag(e.reason());
      throw e;
    } finally {
      metrics.requested(outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private WebAnswer attempts(WebRequest request) throws OutboundException, InterruptedException {
    Duration total = request.total();
    var budget = TimeBudget.ofTime(total != null ? total : config.times().total());
    String body = request.body();
    var payload =
        body == null
            ? null
            : new Payload(body.getBytes(StandardCharsets.UTF_8), request.contentType());
    var outgoing =
        new Outgoing(request.method(), WebUrl.parse(request.url()), request.headers(), payload);
    for (int attempt = 1; ; attempt++) {
      OutboundException failure;
      WebAnswer answer = null;
      try (Exchange exchange = client.open(outgoing, slots, budget)) {
        answer = read(exchange, request, attempt);
        failure =
            OutboundException.ofStatus(
                exchange.url(), exchange.status(), exchange.retryAfter(clock).orElse(null));
      } catch (OutboundException e) {
        failure = e;
      }
      boolean again = request.repeatable() && config.retries().allowAnother(attempt, failure);
      Duration wait = config.retries().waitAfter(attempt, failure, random);
      if (!again || budget.isOverAfter(wait)) {
        return answerOr(answer, failure);
      }
      metrics.retried(failure.reason());
      Thread.sleep(wait);
    }
  }

  private static WebAnswer answerOr(@Nullable WebAnswer answer, OutboundException failure)
      throws OutboundException {
    if (answer == null) {
      throw failure;
    }
    return answer;
  }

  private static WebAnswer read(Exchange exchange, WebRequest request, int attempt)
      throws OutboundException, InterruptedException {
    var body = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int count = exchange.read(buffer); count >= 0; count = exchange.read(buffer)) {
      if (body.size() + count > request.maxBytes()) {
        throw new OutboundException(
            FailureReason.TOO_LARGE,
            exchange.url().shown() + " answered with more than " + request.maxBytes() + " bytes");
      }
      body.write(buffer, 0, count);
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : exchange.headers()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.getValue());
    }
    return new WebAnswer(
        exchange.url().shown(),
        exchange.status(),
        headers,
        body.toString(charset(exchange)),
        attempt);
  }

  private static Charset charset(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .map(value -> ContentType.parseLenient(value).getCharset(StandardCharsets.UTF_8))
        .orElse(StandardCharsets.UTF_8);
  }
}
