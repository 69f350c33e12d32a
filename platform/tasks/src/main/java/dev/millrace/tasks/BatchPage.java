package dev.millrace.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of batches.
 *
 * @param next cursor of the following page; null at the end
 */
public record BatchPage(List<BatchView> items, @Nullable String next) {}
