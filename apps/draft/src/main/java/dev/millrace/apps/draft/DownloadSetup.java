package dev.millrace.apps.draft;

import dev.millrace.app.Platform;
import dev.millrace.outbound.Aria2Config;
import dev.millrace.outbound.CacheRules;
import dev.millrace.outbound.DownloadLimits;
import dev.millrace.outbound.Outbound;
import dev.millrace.outbound.OutboundConfig;
import dev.millrace.outbound.RetryRules;
import dev.millrace.outbound.TimeLimits;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.outbound.spi.DownloadEngine;

/** Makes what fetches files out of its settings. */
final class DownloadSetup {
  private static final String BUILT_IN = "built-in";
  private static final String ARIA2 = "aria2";

  private DownloadSetup() {}

  static Outbound outbound(DraftSettings.Downloads settings, Platform platform) {
    TimeLimits usual = TimeLimits.defaults();
    OutboundConfig config =
        OutboundConfig.defaults()
            .withAllowPrivateAddresses(settings.allowPrivateAddresses())
            .withConcurrency(settings.concurrency(), settings.perHost())
            .withMaxBytes(settings.maxBytes().bytes())
            .withTimes(
                new TimeLimits(
                    usual.connect(), settings.stallLimit(), settings.stallLimit(), usual.total()))
            .withRetries(
                new RetryRules(
                    settings.attempts(),
                    RetryRules.defaults().firstWait(),
                    RetryRules.defaults().maxWait()))
            .withCache(
                new CacheRules(
                    settings.cacheBytes().bytes(),
                    CacheRules.defaults().fresh(),
                    CacheRules.defaults().keepParts()));
    Outbound.Builder builder =
        Outbound.builder(config, platform.folder().resolve("cache"))
            .store(platform.store())
            .metrics(platform.meters())
            .clock(platform.clock());
    if (settings.engine().strip().equals(ARIA2)) {
      builder.aria2(aria2(settings.aria2()));
    }
    return builder.build();
  }

  private static Aria2Config aria2(DraftSettings.Aria2 settings) {
    try {
      Aria2Config usual = Aria2Config.defaults();
      Aria2Config config = usual.withConnections(settings.connections(), usual.leastPiece());
      return settings.url().isBlank()
          ? config.withProgram(settings.program())
          : config.withExisting(settings.url(), settings.secret());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("draft.downloads.aria2: " + e.getMessage(), e);
    }
  }

  /** Groups over the engine of the settings. */
  static DownloadGroups groups(DraftSettings.Downloads settings, Outbound outbound) {
    DownloadEngine engine = engine(settings.engine().strip(), outbound);
    long speed = settings.bytesPerSecond().bytes();
    try {
      engine.limit(new DownloadLimits(settings.concurrency(), speed));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("draft.downloads.bytes-per-second: " + e.getMessage(), e);
    }
    return new DownloadGroups(engine);
  }

  private static DownloadEngine engine(String name, Outbound outbound) {
    if (name.equals(BUILT_IN) || name.equals(ARIA2)) {
      return outbound.downloads();
    }
    throw new IllegalArgumentException(
        "draft.downloads.engine: there is no engine '" + name + "'; give built-in or aria2");
  }
}
