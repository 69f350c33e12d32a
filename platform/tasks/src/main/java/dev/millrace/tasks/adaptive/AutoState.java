package dev.millrace.tasks.adaptive;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a concurrency stands that is found by itself.
 *
 * @param limit what it is now
 * @param unhindered how long a task takes when few run; null before anything was measured
 * @param latest how long one takes now
 * @param changes the latest, newest first
 */
public record AutoState(
    AutoBounds bounds,
    int limit,
    @Nullable Duration unhindered,
    @Nullable Duration latest,
    List<LimitChange> changes) {}
