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
import dev.millrace.outbound.spi.DownloadEngineContext;
import dev.millrace.outbound.spi.DownloadEngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
  static DownloadGroups groups(
      DraftSettings.Downloads settings,
      Outbound outbound,
      List<DownloadEngineProvider> providers,
      Path folder)
      throws IOException {
    DownloadEngine engine = engine(settings.engine().strip(), outbound, providers, folder);
    long speed = settings.bytesPerSecond().bytes();
    try {
      engine.limit(new DownloadLimits(settings.concurrency(), speed));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("draft.downloads.bytes-per-second: " + e.getMessage(), e);
    }
    return new DownloadGroups(engine);
  }

  private static DownloadEngine engine(
      String name, Outbound outbound, List<DownloadEngineProvider> providers, Path folder)
      throws IOException {
    if (name.equals(BUILT_IN) || name.equals(ARIA2)) {
      return outbound.downloads();
    }
    for (DownloadEngineProvider provider : providers) {
      if (provider.name().equals(name)) {
        Files.createDirectories(folder);
        try {
          return provider.open(
              new DownloadEngineContext(folder, outbound.guard(), outbound.downloads()));
        } catch (Exception e) {
          throw new IllegalArgumentException(
              "draft.downloads.engine: the engine '" + name + "' cannot start: " + e.getMessage(),
              e);
        }
      }
    }
    List<String> known = new ArrayList<>(List.of(BUILT_IN, ARIA2));
    providers.forEach(provider -> known.add(provider.name()));
    throw new IllegalArgumentException(
        "draft.downloads.engine: there is no engine '"
            + name
            + "'; give one of "
            + String.join(", ", known)
            + ", or put the jar that brings it into the folder extensions");
  }
}
