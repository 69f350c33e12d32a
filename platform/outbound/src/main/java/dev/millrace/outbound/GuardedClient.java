package dev.millrace.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request and follows its redirects, every hop guarded. No cookies, no credentials of its
 * own, no proxy from the environment, no decompression, no retry: what happens is what is written
 * here. Thread-safe.
 *
 * <p>The library asks our resolver for addresses and connects to what it is given, once a
 * connection; the name goes into the Host header and the TLS handshake. That is the whole defence
 * against DNS rebinding, see ADR 10.
 */
final class GuardedClient implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MAX_ADDRESSES = 4;
  private static final int MAX_HEADER_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final int BUFFER = 64 * 1024;
  private static final TimeValue IDLE = TimeValue.ofSeconds(20);

  private final CloseableHttpClient http;
  private final RequestConfig requestConfig;
  private final OutboundConfig config;
  private final Hosts hosts;
  private final Watchdog watchdog = new Watchdog();
  private volatile boolean closed;

  GuardedClient(OutboundConfig config, AddressGuard guard, Hosts hosts, SSLContext tls) {
    this.config = config;
    this.hosts = hosts;
    TimeLimits times = config.times();
    Timeout quiet = timeout(longer(times.head(), times.stall()).plusSeconds(1));
    requestConfig =
        RequestConfig.custom()
            .setResponseTimeout(quiet)
            .setConnectionRequestTimeout(timeout(times.connect()))
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();
    int connections = 2 * (config.maxDownloads() + config.maxPerHost());
    var pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new GuardedDns(guard))
            .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
            .setDefaultTlsConfig(
                TlsConfig.custom().setHandshakeTimeout(timeout(times.connect())).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout(times.connect()))
                    .setSocketTimeout(quiet)
                    .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                    .setTimeToLive(TimeValue.ofMinutes(5))
                    .build())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setBufferSize(BUFFER)
                            .setMaxLineLength(MAX_HEADER_LINE)
                            .setMaxHeaderCount(MAX_HEADERS)
                            .build())
                    .build())
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
            .setMaxConnPerRoute(config.maxPerHost() + 1)
            .setMaxConnTotal(connections)
            .build();
    http =
        HttpClientBuilder.create()
            .setConnectionManager(pool)
            .setRequestExecutor(new PhasedExecutor(times.head()))
            .setUserAgent(config.userAgent())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState()
            .evictIdleConnections(IDLE)
            .build();
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
            times.connect().multipliedBy(2L + 2 * MAX_ADDRESSES),
            FailureReason.TIMEOUT,
            budget.deadline(),
            request::cancel);
    boolean opened = false;
    try {
      var url = outgoing.url();
      var host = new HttpHost(url.scheme(), url.host(), url.port());
      var context = HttpClientContext.create();
      context.setAttribute(PhasedExecutor.ALARM, alarm);
      ClassicHttpResponse response = http.executeOpen(host, request, context);
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

  private HttpUriRequestBase request(Outgoing outgoing) {
    WebUrl url = outgoing.url();
    var request = new HttpUriRequestBase(outgoing.method(), URI.create("/"));
    request.setScheme(url.scheme());
    request.setAuthority(new URIAuthority(url.host(), url.port()));
    request.setPath(url.path());
    request.setConfig(requestConfig);
    outgoing.headers().forEach(request::setHeader);
    Payload body = outgoing.body();
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body.bytes(), ContentType.parse(body.type())));
    }
    return request;
  }

  @Override
  public void close() {
    closed = true;
    http.close(CloseMode.IMMEDIATE);
    watchdog.close();
  }

  private static Timeout timeout(Duration limit) {
    return Timeout.ofMilliseconds(limit.toMillis());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Hands the library checked addresses and no others. */
  private record GuardedDns(AddressGuard guard) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return guard.resolve(host).stream().limit(MAX_ADDRESSES).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
