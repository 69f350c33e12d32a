package dev.millrace.outbound;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What every fetch works with.
 *
 * @param slots of all downloads
 * @param speed of all downloads
 * @param parts folder of unfinished ones
 * @param random thread-safe
 * @param aria2 does the work for downloads that need no headers; null if we do it ourselves
 */
record FetchTools(
    OutboundConfig config,
    GuardedClient client,
    ContentCache cache,
    Slots slots,
    SpeedLimit speed,
    Path parts,
    @Nullable String boot,
    InstantSource clock,
    RandomGenerator random,
    OutboundMetrics metrics,
    @Nullable Aria2Transfer aria2) {}
