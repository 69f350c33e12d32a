package dev.millrace.apps.crew.decisions;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decisions are searched by; null means that it does not matter. */
public record Wanted(
    @Nullable String text,
    List<String> tags,
    @Nullable String maker,
    @Nullable String project,
    @Nullable DecisionStatus status,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** All of them. */
  public static final Wanted ALL = new Wanted(null, List.of(), null, null, null, null, null);

  boolean isAll() {
    return equals(ALL);
  }
}
