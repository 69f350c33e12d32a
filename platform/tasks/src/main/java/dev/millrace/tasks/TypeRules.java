package dev.millrace.tasks;

import dev.millrace.store.Position;
import java.util.List;
import java.util.Optional;

/**
 * Time limits and attempts of types, changed while they are at work. What is set is durable, takes
 * the place of what the code says, and holds from the next attempt on; what runs keeps its time
 * limit.
 *
 * <p>Thread-safe. Refusals are {@link TaskException}s.
 */
public interface TypeRules {
  /** All registered types, by name. */
  List<TypeView> list();

  /** A registered type. */
  Optional<TypeView> find(String type);

  /**
   * Sets all three for a type; what is null is as the code says.
   *
   * @throws TaskException if no type has that name
   */
  Position set(String type, TypeSettings settings);

  /**
   * Lets the code decide again.
   *
   * @throws TaskException if no type has that name
   */
  Position reset(String type);
}
