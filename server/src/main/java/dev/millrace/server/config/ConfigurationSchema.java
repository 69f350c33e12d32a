package dev.millrace.server.config;

import dev.millrace.app.SettingException;
import dev.millrace.app.SettingKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All keys that this process knows, in the order they are shown. Immutable once built. */
public final class ConfigurationSchema {
  private final Map<String, SettingKey> keys = new LinkedHashMap<>();

  /** Adds the keys of {@code type} below {@code prefix}. */
  public ConfigurationSchema add(String prefix, Class<? extends Record> type) {
    for (SettingKey key : SettingKey.of(prefix, type)) {
      if (keys.putIfAbsent(key.name(), key) != null) {
        throw new IllegalArgumentException("two parts claim the key " + key.name());
      }
    }
    return this;
  }

  /** The keys, grouped as they were added. */
  public Collection<SettingKey> keys() {
    return keys.values();
  }

  /**
   * The key called {@code name}.
   *
   * @throws SettingException if there is none, naming the nearest known one
   */
  public SettingKey key(String name, String source) {
    SettingKey key = keys.get(name);
    if (key == null) {
      throw new SettingException(
          source + ": there is no key '" + name + "'" + nearest(name, keys.keySet()));
    }
    return key;
  }

  /** The key that environment variable {@code variable} sets. */
  SettingKey keyOfVariable(String variable) {
    List<String> known = new ArrayList<>();
    for (SettingKey key : keys.values()) {
      if (key.variable().equals(variable)) {
        return key;
      }
      known.add(key.variable());
    }
    throw new SettingException(
        "environment: no key belongs to " + variable + nearest(variable, known));
  }

  private static String nearest(String name, Collection<String> known) {
    String best = "";
    int least = Math.max(3, name.length() / 3);
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? "; './millrace config' lists all" : "; did you mean '" + best + "'?";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
