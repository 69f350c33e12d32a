package dev.millrace.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of keys that have numbers of their own.
 *
 * @param next the key behind which the next page begins; null for the last one
 */
public record KeyLimitPage(List<KeyLimitView> items, @Nullable String next) {}
