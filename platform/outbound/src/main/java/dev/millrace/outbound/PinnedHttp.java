package dev.millrace.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sets the library up so that nothing happens by itself: no redirect, retry, cookie, credential,
 * proxy of the environment or decompression.
 *
 * <p>It asks our resolver for addresses and connects to what it is given, once a connection; the
 * name goes into the Host header and the TLS handshake. That is the whole defence against DNS
 * rebinding, see ADR 10.
 */
final class PinnedHttp {
  /** A name with more addresses is tried at the first few. */
  static final int MAX_ADDRESSES = 4;

  private static final int MAX_HEADER_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final int BUFFER = 64 * 1024;
  private static final TimeValue IDLE = TimeValue.ofSeconds(20);
  private static final TimeValue OLD = TimeValue.ofMinutes(5);
  private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(200);

  private PinnedHttp() {}

  static CloseableHttpClient build(OutboundConfig config, AddressGuard guard, SSLContext tls) {
    return HttpClientBuilder.create()
        .setConnectionManager(pool(config, guard, tls))
        .setRequestExecutor(new PhasedExecutor(config.times().head()))
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

  /** Longer than what the watchdog allows: a net below it, not a limit of its own. */
  static Timeout quiet(TimeLimits times) {
    Duration longer = times.head().compareTo(times.stall()) >= 0 ? times.head() : times.stall();
    return timeout(longer.plusSeconds(1));
  }

  static Timeout timeout(Duration limit) {
    return Timeout.ofMilliseconds(limit.toMillis());
  }

  private static PoolingHttpClientConnectionManager pool(
      OutboundConfig config, AddressGuard guard, SSLContext tls) {
    Timeout connect = timeout(config.times().connect());
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(new GuardedDns(guard))
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(quiet(config.times()))
                .setValidateAfterInactivity(LOOK_AFTER)
                .setTimeToLive(OLD)
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
        .setMaxConnTotal(2 * (config.maxDownloads() + config.maxPerHost()))
        .build();
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
