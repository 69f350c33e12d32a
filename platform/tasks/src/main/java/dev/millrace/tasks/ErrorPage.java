package dev.millrace.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of error groups.
 *
 * @param next cursor of the following page; null at the end
 */
public record ErrorPage(List<ErrorGroup> items, @Nullable String next) {}
