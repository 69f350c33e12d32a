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
    return changed().allowPrivateAddresses(allow).config();
  }

  public OutboundConfig withAllowedNetworks(List<String> networks) {
    return changed().allowedNetworks(networks).config();
  }

  public OutboundConfig withMaxRedirects(int redirects) {
    return changed().maxRedirects(redirects).config();
  }

  /** With other limits of how many at one time: in all, and a host. */
  public OutboundConfig withConcurrency(int downloads, int perHost) {
    return changed().maxDownloads(downloads).maxPerHost(perHost).config();
  }

  public OutboundConfig withMaxBytes(long bytes) {
    return changed().maxBytes(bytes).config();
  }

  public OutboundConfig withTimes(TimeLimits limits) {
    return changed().times(limits).config();
  }

  public OutboundConfig withRetries(RetryRules rules) {
    return changed().retries(rules).config();
  }

  public OutboundConfig withBreaker(BreakerRules rules) {
    return changed().breaker(rules).config();
  }

  public OutboundConfig withCache(CacheRules rules) {
    return changed().cache(rules).config();
  }

  public OutboundConfig withProgressEvery(Duration interval) {
    return changed().progressEvery(interval).config();
  }

  public OutboundConfig withUserAgent(String product) {
    return changed().userAgent(product).config();
  }

  private OutboundConfigChange changed() {
    return new OutboundConfigChange(this);
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", not " + value);
    }
  }
}
