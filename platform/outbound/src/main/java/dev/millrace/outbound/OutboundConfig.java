package dev.millrace.outbound;

import java.time.Duration;
import java.util.List;

/**
 * Limits of everything that leaves the process.
 *
 * @param allowPrivateAddresses lifts the guard: loopback, private networks and cloud metadata may
 *     be asked
 * @param allowedNetworks private networks that may be asked although the guard stands, such as
 *     {@code 10.1.0.0/16}
 * @param maxRedirects followed a request, each checked like the first URL
 * @param maxDownloads at one time, in all
 * @param maxPerHost requests to one host at one time
 * @param maxBytes of one download, unless it says otherwise
 * @param times limits of each phase
 * @param retries tries and pauses
 * @param breaker when a host is left alone
 * @param cache what downloads leave behind
 * @param progressEvery the shortest time between two calls of a progress callback
 * @param userAgent how requests introduce themselves
 */
public record OutboundConfig(
    boolean allowPrivateAddresses,
    List<String> allowedNetworks,
    int maxRedirects,
    int maxDownloads,
    int maxPerHost,
    long maxBytes,
    TimeLimits times,
    RetryRules retries,
    BreakerRules breaker,
    CacheRules cache,
    Duration progressEvery,
    String userAgent) {

  public OutboundConfig {
    allowedNetworks = List.copyOf(allowedNetworks);
    allowedNetworks.forEach(network -> AddressBlock.of(network, "allowed"));
    requireBetween("maxRedirects", maxRedirects, 0, 50);
    requireBetween("maxDownloads", maxDownloads, 1, 10_000);
    requireBetween("maxPerHost", maxPerHost, 1, 10_000);
    requireBetween("maxBytes", maxBytes, 1, Long.MAX_VALUE);
    TimeLimits.requirePositive("progressEvery", progressEvery);
    if (userAgent.isBlank() || userAgent.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("userAgent must be printable ASCII: '" + userAgent + "'");
    }
  }

  /**
   * Public addresses only, 5 redirects, 50 downloads at once and 16 requests a host, 4 GiB a file,
   * progress four times a second, and the defaults of the parts.
   */
  public static OutboundConfig defaults() {
    return new OutboundConfig(
        false,
        List.of(),
        5,
        50,
        16,
        4L << 30,
        TimeLimits.defaults(),
        RetryRules.defaults(),
        BreakerRules.defaults(),
        CacheRules.defaults(),
        Duration.ofMillis(250),
        "Millrace");
  }

  public OutboundConfig withAllowPrivateAddresses(boolean allow) {
    return new OutboundConfig(
        allow,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withAllowedNetworks(List<String> networks) {
    return new OutboundConfig(
        allowPrivateAddresses,
        networks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withMaxRedirects(int redirects) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        redirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  /** With other limits of how many at one time: in all, and a host. */
  public OutboundConfig withConcurrency(int downloads, int perHost) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        downloads,
        perHost,
        maxBytes,
        times,
        retries,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withMaxBytes(long bytes) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        bytes,
        times,
        retries,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withTimes(TimeLimits limits) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        limits,
        retries,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withRetries(RetryRules rules) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        rules,
        breaker,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withBreaker(BreakerRules rules) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        rules,
        cache,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withCache(CacheRules rules) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        breaker,
        rules,
        progressEvery,
        userAgent);
  }

  public OutboundConfig withProgressEvery(Duration interval) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        breaker,
        cache,
        interval,
        userAgent);
  }

  public OutboundConfig withUserAgent(String product) {
    return new OutboundConfig(
        allowPrivateAddresses,
        allowedNetworks,
        maxRedirects,
        maxDownloads,
        maxPerHost,
        maxBytes,
        times,
        retries,
        breaker,
        cache,
        progressEvery,
        product);
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", not " + value);
    }
  }
}
