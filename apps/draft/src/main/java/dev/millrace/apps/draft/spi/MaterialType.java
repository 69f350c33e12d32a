package dev.millrace.apps.draft.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type of items and rules beyond those that recipes know: each of its items becomes one of a
 * known type. Found by {@link java.util.ServiceLoader}; has a constructor without arguments.
 * Thread-safe.
 *
 * <p>JSON is given and taken as {@link Map}, {@link java.util.List}, {@link String}, {@link
 * Number}, {@link Boolean} and null. A recipe is translated when it is sent and again when it is
 * built, so the same input must give the same output.
 */
public interface MaterialType {
  /** The word in recipes: lower-case letters, digits and underscores. */
  String name();

  /** The known type that its items and materials become, such as {@code image} or {@code text}. */
  String base();

  /**
   * Turns the {@code data} of an item into that of the base type.
   *
   * @param data of the item; may be changed and returned
   * @param rule the recipe's rule of this type with {@code materialIds} and {@code meta}; empty if
   *     there is none
   * @throws MaterialTypeException naming the field that is wrong
   */
  Map<String, @Nullable Object> translate(
      Map<String, @Nullable Object> data, Map<String, @Nullable Object> rule)
      throws MaterialTypeException;
}
