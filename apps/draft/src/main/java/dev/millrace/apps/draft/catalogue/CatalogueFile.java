package dev.millrace.apps.draft.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads a catalogue: an object with a list of entries for each kind. */
final class CatalogueFile {
  private static final ObjectReader JSON =
      JsonMapper.shared()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_ENTRIES = 20_000;

  /** Faults that are shown: whoever mends a file starts with the first. */
  private static final int SHOWN = 20;

  private final String file;
  private final List<String> faults = new ArrayList<>();
  private int total;

  private CatalogueFile(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with every place that is wrong and what to give there
   */
  static Map<EffectKind, Map<String, Effect>> read(Path path) {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new IllegalArgumentException(
            path + " has more than " + MOST_BYTES + " bytes; leave entries out");
      }
      return read(Files.readAllBytes(path), path.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          path + " cannot be read (" + e + "); give the path of a JSON file, or nothing", e);
    }
  }

  static Map<EffectKind, Map<String, Effect>> read(byte[] json, String file) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
    return new CatalogueFile(file).kinds(root);
  }

  private Map<EffectKind, Map<String, Effect>> kinds(JsonNode root) {
    Map<EffectKind, Map<String, Effect>> effects = new EnumMap<>(EffectKind.class);
    if (!root.isObject()) {
      fault("", "is no object; give {\"filter\": [{\"name\": …}]}");
    }
    for (Map.Entry<String, JsonNode> list : root.properties()) {
      String pointer = "/" + list.getKey();
      EffectKind kind = EffectKind.of(list.getKey()).orElse(null);
      if (kind == null) {
        fault(
            pointer,
            "is no kind; did you mean "
                + Nearest.sentence(list.getKey(), EffectKind.words())
                + "?");
      } else if (!list.getValue().isArray() || list.getValue().size() > MOST_ENTRIES) {
        fault(pointer, "is no list of at most " + MOST_ENTRIES + " entries; give one");
      } else {
        effects.put(kind, entries(kind, list.getValue(), pointer));
      }
    }
    if (total > 0) {
      throw new IllegalArgumentException(
          String.join("\n", faults)
              + (total > SHOWN ? "\nand " + (total - SHOWN) + " more places" : ""));
    }
    return effects;
  }

  private Map<String, Effect> entries(EffectKind kind, JsonNode list, String pointer) {
    Map<String, Effect> byName = new LinkedHashMap<>();
    int index = 0;
    for (JsonNode entry : list) {
      Effect effect =
          EntryReader.read(
              kind, entry, pointer + "/" + index++, (place, _, detail) -> fault(place, detail));
      if (effect != null) {
        byName.put(effect.name(), effect);
      }
    }
    return byName;
  }

  private void fault(String pointer, String detail) {
    total++;
    if (faults.size() < SHOWN) {
      faults.add(file + " " + (pointer.isEmpty() ? "as a whole" : pointer) + " " + detail);
    }
  }
}
