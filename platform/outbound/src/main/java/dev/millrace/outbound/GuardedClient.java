package dev.millrace.outbound;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and follows its redirects, every hop guarded and limited. Thread-safe.
 *
 * <p>The library under it is loaded at the first request: a server that starts has no need of it.
 */
final class GuardedClient implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final OutboundConfig config;
  private final AddressGuard guard;
  private final Hosts hosts;
  private final Supplier<SSLContext> tls;
  private final Watchdog watchdog = new Watchdog();
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable CloseableHttpClient http;
  private volatile boolean closed;

  GuardedClient(OutboundConfig config, AddressGuard guard, Hosts hosts, Supplier<SSLContext> tls) {
    this.config = config;
    this.guard = guard;
    this.hosts = hosts;
    this.tls = tls;
  }

  /**
   * Sends {@code first} and follows redirects until another answer comes, of whatever status.
   *
   * @param slots one of them is held while a hop is under way, besides one of its host
   * @param budget for all hops and the body
   */
  Exchange open(Outgoing first, Semaphore slots, TimeBudget budget)
      throws OutboundException, InterruptedException {
    Outgoing next = first;
    for (int followed = 0; ; followed++) {
      Exchange exchange = hop(next, slots, budget);
      var location = exchange.header("Location");
      if (!REDIRECTS.contains(exchange.status()) || location.isEmpty()) {
        return exchange;
      }
      exchange.close();
      if (followed == config.maxRedirects()) {
        throw new OutboundException(
            FailureReason.REDIRECTS,
            first.url().shown() + " redirects more than " + config.maxRedirects() + " times");
      }
      next = next.redirected(exchange.status(), next.url().resolve(location.get()));
    }
  }

  private Exchange hop(Outgoing outgoing, Semaphore slots, TimeBudget budget)
      throws OutboundException, InterruptedException {
    long queuedAt = System.nanoTime();
    Hosts.Pass pass = hosts.enter(outgoing.url(), slots, budget.queueLimit());
    budget.queued(System.nanoTime() - queuedAt);
    HttpUriRequestBase request = request(outgoing);
    TimeLimits times = config.times();
    Alarm alarm =
        watchdog.arm(
            times.connect().multipliedBy(2L + 2 * PinnedHttp.MAX_ADDRESSES),
            FailureReason.TIMEOUT,
            budget.deadline(),
            request::cancel);
    boolean opened = false;
    try {
      var url = outgoing.url();
      var host = new HttpHost(url.scheme(), url.host(), url.port());
      var context = HttpClientContext.create();
      context.setAttribute(PhasedExecutor.ALARM, alarm);
      ClassicHttpResponse response = http().executeOpen(host, request, context);
      if (response.getCode() < 500) {
        pass.succeeded();
      } else {
        pass.failed();
      }
      alarm.phase(times.stall(), FailureReason.STALLED);
      var exchange = new Exchange(url, request, response, pass, alarm);
      opened = true;
      return exchange;
    } catch (IOException | IllegalStateException e) {
      if (closed) {
        throw new OutboundException(
            FailureReason.CANCELLED, outgoing.url().shown() + " was stopped with the server", e);
      }
      // A request that is cut between two steps ends in the library's own IllegalStateException.
      var failure =
          Failures.of(e instanceof IOException io ? io : new IOException(e), outgoing.url(), alarm);
      if (failure.isRetryable()) {
        pass.failed();
      }
      throw failure;
    } finally {
      if (!opened) {
        alarm.disarm();
        request.cancel();
        pass.close();
      }
    }
  }

  private RequestConfig requestConfig() {
    return RequestConfig.custom()
        .setResponseTimeout(PinnedHttp.quiet(config.times()))
        .setConnectionRequestTimeout(PinnedHttp.timeout(config.times().connect()))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private HttpUriRequestBase request(Outgoing outgoing) {
    WebUrl url = outgoing.url();
    var request = new HttpUriRequestBase(outgoing.method(), URI.create("/"));
    request.setScheme(url.scheme());
    request.setAuthority(new URIAuthority(url.host(), url.port()));
    request.setPath(url.path());
    request.setConfig(requestConfig());
    outgoing.headers().forEach(request::setHeader);
    Payload body = outgoing.body();
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body.bytes(), ContentType.parse(body.type())));
    }
    return request;
  }

  private CloseableHttpClient http() {
    CloseableHttpClient loaded = http;
    if (loaded != null) {
      return loaded;
    }
    loading.lock();
    try {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      loaded = http;
      if (loaded == null) {
        loaded = PinnedHttp.build(config, guard, tls.get());
        http = loaded;
      }
      return loaded;
    } finally {
      loading.unlock();
    }
  }

  @Override
  public void close() {
    loading.lock();
    try {
      closed = true;
      if (http != null) {
        http.close(CloseMode.IMMEDIATE);
      }
    } finally {
      loading.unlock();
    }
    watchdog.close();
  }
}
