package dev.millrace.store.journal;

import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of event: its stable name, the version of its shape, and the record that holds it.
 * Immutable.
 *
 * @param name stable for ever, lower case with dots, such as {@code task.finished}
 * @param version raised when the record changes so that old events no longer fit
 * @param upgrade brings an older event's JSON, with its version, to this version; null if all
 *     versions fit the record
 */
public record EventType<E>(
    String name,
    int version,
    Class<E> record,
    @Nullable BiFunction<Integer, ObjectNode, ObjectNode> upgrade) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*");

  public EventType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "event name '" + name + "' is not like 'task.finished': use lower case, digits, - and .");
    }
    if (version < 1) {
      throw new IllegalArgumentException(
          "version of event " + name + " is " + version + "; begin with 1");
    }
  }

  public static <E> EventType<E> of(String name, int version, Class<E> record) {
    return new EventType<>(name, version, record, null);
  }

  /** With a way to bring events of older versions to this one. */
  public EventType<E> upgradedBy(BiFunction<Integer, ObjectNode, ObjectNode> change) {
    return new EventType<>(name, version, record, change);
  }
}
