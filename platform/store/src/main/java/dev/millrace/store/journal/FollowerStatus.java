package dev.millrace.store.journal;

import dev.millrace.store.Position;
import org.jspecify.annotations.Nullable;

/**
 * How a follower stood a moment ago.
 *
 * @param asOf everything up to here is in its output
 * @param lag commits that it has not seen yet
 * @param attempts failed attempts at the present place
 * @param failure the last failure at the present place, null if there is none
 */
public record FollowerStatus(
    String name,
    FollowerState state,
    Position asOf,
    long lag,
    int attempts,
    @Nullable String failure) {}
