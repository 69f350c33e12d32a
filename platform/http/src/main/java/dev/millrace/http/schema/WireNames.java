package dev.millrace.http.schema;

import java.util.Locale;

/** How constants of enums are written in JSON: {@code NOT_FOUND} is {@code not-found}. */
public final class WireNames {
  private WireNames() {}

  /** The word for a constant. */
  public static String of(Enum<?> constant) {
    return of(constant.name());
  }

  /** The word for the name of a constant. */
  public static String of(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
