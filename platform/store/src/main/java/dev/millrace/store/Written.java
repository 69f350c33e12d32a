package dev.millrace.store;

import org.jspecify.annotations.Nullable;

/** What a transaction computed, and the position of its commit. */
public record Written<T extends @Nullable Object>(T value, Position position) {}
