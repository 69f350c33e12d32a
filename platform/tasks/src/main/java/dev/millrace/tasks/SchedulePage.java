package dev.millrace.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of schedules.
 *
 * @param next the name behind which the next page begins; null for the last one
 */
public record SchedulePage(List<ScheduleView> items, @Nullable String next) {}
