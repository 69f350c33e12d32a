package dev.millrace.expression;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What kind of value a name or an expression has. Immutable. */
public final class ValueType {
  /** True or false; a {@link Boolean}. */
  public static final ValueType BOOLEAN = new ValueType("boolean", null);

  /** A decimal of up to 34 digits; given as any {@link Number}, answered as a BigDecimal. */
  public static final ValueType NUMBER = new ValueType("number", null);

  /** A {@link Percent}; a {@link Number} that is given counts as percentage points. */
  public static final ValueType PERCENT = new ValueType("percent", null);

  /** A {@link java.time.Duration}. */
  public static final ValueType DURATION = new ValueType("duration", null);

  /** A {@link String}. */
  public static final ValueType TEXT = new ValueType("text", null);

  /** Not known before the value is there; wrong types are found at evaluation then. */
  public static final ValueType ANY = new ValueType("value of any type", null);

  private final String words;
  private final @Nullable ValueType element;

  private ValueType(String words, @Nullable ValueType element) {
    this.words = words;
    this.element = element;
  }

  /** A {@link java.util.List} of values of one type. */
  public static ValueType listOf(ValueType element) {
    return new ValueType(element.isAny() ? "list" : "list of " + element + " values", element);
  }

  /** The type of a list's elements; null if this is no list. */
  @Nullable ValueType element() {
    return element;
  }

  boolean isAny() {
    return equals(ANY);
  }

  /** Whether a value of {@code other} may stand where this type is wanted. */
  boolean takes(ValueType other) {
    if (isAny() || other.isAny() || equals(other)) {
      return true;
    }
    return element != null && other.element != null && element.takes(other.element);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValueType type
        && words.equals(type.words)
        && Objects.equals(element, type.element);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }

  /** As it reads in a sentence: {@code number}. */
  @Override
  public String toString() {
    return words;
  }
}
