package dev.millrace.outbound;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What every fetch works with.
 *
 * @param slots of all downloads
 * @param parts folder of unfinished ones
 * @param random thread-safe
 */
record FetchTools(
    OutboundConfig config,
    GuardedClient client,
    ContentCache cache,
    Semaphore slots,
    Path parts,
    @Nullable String boot,
    InstantSource clock,
    RandomGenerator random,
    OutboundMetrics metrics) {}
