package dev.millrace.tasks.workflow;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words of closed sets, read with an error that lists them. */
final class Words {
  private Words() {}

  static <E extends Enum<E>> E parse(Class<E> set, String field, String word) {
    for (E value : set.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        field
            + " '"
            + word
            + "' is not known; use one of "
            + Arrays.stream(set.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", ")));
  }
}
