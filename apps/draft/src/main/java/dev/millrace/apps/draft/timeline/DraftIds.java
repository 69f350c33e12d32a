package dev.millrace.apps.draft.timeline;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** Ids as the client makes them: random UUIDs in upper case with hyphens. */
public final class DraftIds {
  private DraftIds() {}

  /** Never the same twice. */
  public static Supplier<String> fresh() {
    return () -> UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }
}
