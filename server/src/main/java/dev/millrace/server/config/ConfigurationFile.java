package dev.millrace.server.config;

import dev.millrace.app.SettingException;
import dev.millrace.app.SettingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The commented YAML file of a data folder. Keys may be written flat ({@code draft.active: 5}) or
 * nested; a list is a YAML list or a text with commas.
 */
final class ConfigurationFile {
  private static final int LARGEST = 1 << 20;

  private ConfigurationFile() {}

  /** The given values by full key; empty if there is no file. */
  static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new SettingException(file + ": larger than 1 MB; is it the right file?");
      }
      Object root =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      Map<String, String> values = new LinkedHashMap<>();
      if (root instanceof Map<?, ?> map) {
        flatten("", map, values);
      } else if (root != null) {
        throw new SettingException(file + ": write it as 'key: value' lines");
      }
      return values;
    } catch (YamlEngineException wrong) {
      throw new SettingException(file + " is no valid YAML: " + wrong.getMessage());
    } catch (IOException failure) {
      throw new SettingException(file + " cannot be read: " + failure);
    }
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach((name, value) -> {
      String key = prefix + name;
      switch (value) {
        case Map<?, ?> nested -> flatten(key + ".", nested, values);
        case List<?> list ->
            values.put(key, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
        case null -> values.put(key, "");
        default -> values.put(key, value.toString());
      }
    });
  }

  /** Writes the file with every key commented out at its default, unless it exists. */
  static void writeTemplate(Path file, ConfigurationSchema schema) {
    if (Files.exists(file)) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Configuration of this Millrace. Each line shows a key with its default; remove the '#' to
        # change it. The same key also works as --set key=value and as an environment variable
        # (draft.active = MILLRACE_DRAFT_ACTIVE). './millrace config' prints what is in effect.
        """);
    String section = "";
    for (SettingKey key : schema.keys()) {
      String part = key.name().substring(0, key.name().indexOf('.'));
      if (!part.equals(section)) {
        section = part;
        text.append("\n# --- ").append(part).append(" ---\n");
      }
      text.append("\n# ").append(key.setting().doc().replace("\n", "\n# ")).append('\n');
      text.append('#').append(key.name()).append(": ").append(quoted(key)).append('\n');
    }
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  private static String quoted(SettingKey key) {
    String value = key.setting().value();
    return value.isEmpty() || value.contains(": ") ? "\"" + value + "\"" : value;
  }
}
