package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    var config = OutboundConfig.defaults();
    assertThat(config.allowPrivateAddresses()).isFalse();
    assertThat(config.maxDownloads()).isEqualTo(50);
    assertThat(config.maxRedirects()).isEqualTo(5);
    assertThat(config.withMaxRedirects(2).withUserAgent("X/1").maxRedirects()).isEqualTo(2);
  }

  @Test
  void refusesSenselessSettingsByName() {
    var config = OutboundConfig.defaults();
    refused("maxRedirects", () -> config.withMaxRedirects(-1));
    refused("maxDownloads", () -> config.withConcurrency(0, 1));
    refused("maxPerHost", () -> config.withConcurrency(1, 0));
    refused("maxBytes", () -> config.withMaxBytes(0));
    refused("progressEvery", () -> config.withProgressEvery(Duration.ZERO));
    refused("userAgent", () -> config.withUserAgent("a\r\nb"));
    refused("attempts", () -> new RetryRules(0, SECOND, SECOND));
    refused("failures", () -> new BreakerRules(0, SECOND));
    refused("rest", () -> new BreakerRules(1, Duration.ZERO));
    refused("maxBytes", () -> new CacheRules(-1, SECOND, SECOND));
    refused("fresh", () -> new CacheRules(1, Duration.ofSeconds(-1), SECOND));
    refused("stall", () -> new TimeLimits(SECOND, SECOND, Duration.ZERO, SECOND));
    var request = DownloadRequest.of("http://x", Path.of("x"));
    refused("sha256", () -> request.withSha256("abc"));
    refused("maxBytes", () -> request.withMaxBytes(-1));
    refused("fresh", () -> request.withFresh(Duration.ofSeconds(-1)));
    refused("method", () -> WebRequest.of("get", "http://x", null, "a/b"));
    refused("maxBytes", () -> WebRequest.get("http://x").withMaxBytes(-1));
  }

  @Test
  void refusesHeadersThatWouldForgeOthers() {
    var request = DownloadRequest.of("http://x", Path.of("x"));
    refused("'X-A'", () -> request.withHeaders(Map.of("X-A", "1\r\nHost: evil")));
    refused("'X A'", () -> request.withHeaders(Map.of("X A", "1")));
    refused("'Range'", () -> request.withHeaders(Map.of("Range", "bytes=0-1")));
    refused("'HOST'", () -> WebRequest.get("http://x").withHeaders(Map.of("HOST", "y")));
    assertThat(request.withHeaders(Map.of("Referer", "http://y/")).headers()).hasSize(1);
  }

  @Test
  void pausesDoubleWithJitterUpToALimit() {
    var rules = new RetryRules(50, Duration.ofMillis(100), Duration.ofSeconds(5));
    var failure = new OutboundException(FailureReason.CONNECTION, "x");
    var random = new SplittableRandom(1);
    for (int attempt = 1; attempt < 50; attempt++) {
      long full = attempt > 6 ? 5_000 : 100L << (attempt - 1);
      for (int i = 0; i < 20; i++) {
        assertThat(rules.waitAfter(attempt, failure, random))
            .isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
      }
    }
  }

  private static void refused(String name, ThrowingCallable setting) {
    assertThatThrownBy(setting)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
