package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import org.jspecify.annotations.Nullable;

/** Reads the type of a rule or an item. */
final class ItemTypes {
  private ItemTypes() {}

  static @Nullable ItemType read(Fields fields, String name) {
    String known = String.join(", ", ItemType.words());
    String word = fields.needed(name, Limits.TITLE, "give one of " + known);
    if (word == null) {
      return null;
    }
    ItemType type = ItemType.of(word).orElse(null);
    if (type == null) {
      fields.fault(
          name,
          "unknown-type",
          () ->
              "is \""
                  + word
                  + "\"; did you mean "
                  + Nearest.sentence(word, ItemType.words())
                  + "?");
    } else if (!type.isSupported()) {
      fields.fault(
          name,
          "not-supported",
          "\"" + word + "\" is not built by this server yet; leave it out, or use one of " + known);
      return null;
    }
    return type;
  }
}
