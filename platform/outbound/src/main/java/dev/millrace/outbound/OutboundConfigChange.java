package dev.millrace.outbound;

import java.time.Duration;
import java.util.List;

/** Limits on their way from one {@link OutboundConfig} to the next. */
final class OutboundConfigChange {
  private boolean allowPrivateAddresses;
  private List<String> allowedNetworks;
  private int maxRedirects;
  private int maxDownloads;
  private int maxPerHost;
  private long maxBytes;
  private TimeLimits times;
  private RetryRules retries;
  private BreakerRules breaker;
  private CacheRules cache;
  private Duration progressEvery;
  private String userAgent;

  OutboundConfigChange(OutboundConfig from) {
    allowPrivateAddresses = from.allowPrivateAddresses();
    allowedNetworks = from.allowedNetworks();
    maxRedirects = from.maxRedirects();
    maxDownloads = from.maxDownloads();
    maxPerHost = from.maxPerHost();
    maxBytes = from.maxBytes();
    times = from.times();
    retries = from.retries();
    breaker = from.breaker();
    cache = from.cache();
    progressEvery = from.progressEvery();
    userAgent = from.userAgent();
  }

  OutboundConfigChange allowPrivateAddresses(boolean value) {
    allowPrivateAddresses = value;
    return this;
  }

  OutboundConfigChange allowedNetworks(List<String> value) {
    allowedNetworks = value;
    return this;
  }

  OutboundConfigChange maxRedirects(int value) {
    maxRedirects = value;
    return this;
  }

  OutboundConfigChange maxDownloads(int value) {
    maxDownloads = value;
    return this;
  }

  OutboundConfigChange maxPerHost(int value) {
    maxPerHost = value;
    return this;
  }

  OutboundConfigChange maxBytes(long value) {
    maxBytes = value;
    return this;
  }

  OutboundConfigChange times(TimeLimits value) {
    times = value;
    return this;
  }

  OutboundConfigChange retries(RetryRules value) {
    retries = value;
    return this;
  }

  OutboundConfigChange breaker(BreakerRules value) {
    breaker = value;
    return this;
  }

  OutboundConfigChange cache(CacheRules value) {
    cache = value;
    return this;
  }

  OutboundConfigChange progressEvery(Duration value) {
    progressEvery = value;
    return this;
  }

  OutboundConfigChange userAgent(String value) {
    userAgent = value;
    return this;
  }

  OutboundConfig config() {
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
        userAgent);
  }
}
