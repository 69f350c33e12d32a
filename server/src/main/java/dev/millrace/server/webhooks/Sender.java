package dev.millrace.server.webhooks;

import dev.millrace.outbound.Outbound;
import dev.millrace.outbound.OutboundConfig;
import dev.millrace.outbound.OutboundException;
import dev.millrace.outbound.RetryRules;
import dev.millrace.outbound.WebAnswer;
import dev.millrace.outbound.WebRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages by the guarded client, which is made when the first one is sent. Redirects are not
 * followed: a POST that became a GET on its way would look delivered. Thread-safe.
 */
final class Sender implements AutoCloseable {
  private static final int ANSWER = 64 << 10;
  private static final int SHOWN = 200;

  private final WebhookSettings settings;
  private final Path folder;
  private final InstantSource clock;
  private @Nullable Outbound outbound;
  private boolean closed;

  /**
   * @param folder for what the client keeps
   */
  Sender(WebhookSettings settings, Path folder, InstantSource clock) {
    this.settings = settings;
    this.folder = folder;
    this.clock = clock;
  }

  private synchronized Outbound outbound() {
    if (closed) {
      throw new IllegalStateException("web hooks are closed");
    }
    Outbound known = outbound;
    if (known == null) {
      OutboundConfig config =
          OutboundConfig.defaults()
              .withAllowPrivateAddresses(settings.allowPrivateAddresses())
              .withAllowedNetworks(settings.allowedNetworks())
              .withMaxRedirects(0)
              // A failed delivery is tried again as a task, and seen there.
              .withRetries(
                  new RetryRules(
                      1, RetryRules.defaults().firstWait(), RetryRules.defaults().maxWait()));
      known = Outbound.builder(config, folder).clock(clock).build();
      outbound = known;
    }
    return known;
  }

  /** What is wrong with a URL, as far as that is known before it is asked. */
  Optional<String> problem(String url) {
    return outbound().guard().problem(url).map(refusal -> String.valueOf(refusal.getMessage()));
  }

  /**
   * Sends a message.
   *
   * @param secrets each of which signs it; a receiver takes it by any of them
   */
  Answer send(Webhook hook, List<Secret> secrets, Message message) throws InterruptedException {
    long began = System.nanoTime();
    long seconds = clock.instant().getEpochSecond();
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            message.id(),
            "webhook-timestamp",
            String.valueOf(seconds),
            "webhook-signature",
            secrets.stream()
                .map(secret -> secret.sign(message.id(), seconds, message.body()))
                .collect(Collectors.joining(" ")));
    try {
      WebAnswer answer =
          outbound()
              .web()
              .send(
                  WebRequest.post(hook.url(), message.body())
                      .withHeaders(headers)
                      .withTotal(settings.timeout())
                      .withMaxBytes(ANSWER));
      String error = answer.isSuccess() ? null : "answered " + answer.status() + said(answer);
      return new Answer(answer.status(), error, millis(began));
    } catch (OutboundException failure) {
      return new Answer(null, String.valueOf(failure.getMessage()), millis(began));
    }
  }

  private static String said(WebAnswer answer) {
    String body = answer.body().strip();
    return body.isEmpty() ? "" : ": " + body.substring(0, Math.min(SHOWN, body.length()));
  }

  private static long millis(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (outbound != null) {
      outbound.close();
    }
  }
}
