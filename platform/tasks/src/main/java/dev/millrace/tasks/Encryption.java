package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * With which keys the data of tasks are encrypted in the database, and of which types. The newest
 * key encrypts; the others are there to read what was encrypted with them. Immutable; tells nobody
 * its keys.
 */
public final class Encryption {
  /** Nothing is encrypted. */
  public static final Encryption NONE = new Encryption(Map.of(), "", List.of());

  /** The length of a key in bytes: AES-256. */
  public static final int KEY_BYTES = 32;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");
  private static final int MOST = 100;

  private final Map<String, SecretKey> keys;
  private final String newest;
  private final List<String> types;

  private Encryption(Map<String, SecretKey> keys, String newest, List<String> types) {
    this.keys = keys;
    this.newest = newest;
    this.types = types;
  }

  /**
   * Adds a key, which is the newest from then on.
   *
   * @param id what tells it apart in what it has encrypted: up to 40 letters, digits, {@code .},
   *     {@code _} and {@code -}
   * @param key 32 bytes of chance; copied
   */
  public Encryption withKey(String id, byte[] key) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id '"
              + id
              + "' of an encryption key is not allowed; use up to 40 letters and digits");
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the encryption key '"
              + id
              + "' has "
              + key.length
              + " bytes; it must have "
              + KEY_BYTES);
    }
    if (keys.containsKey(id) || keys.size() == MOST) {
      throw new IllegalArgumentException(
          "the encryption key '" + id + "' is there twice, or there are more than " + MOST);
    }
    var more = new LinkedHashMap<>(keys);
    more.put(id, new SecretKeySpec(Arrays.copyOf(key, key.length), "AES"));
    return new Encryption(more, id, types);
  }

  /**
   * Encrypts types beside those that say it themselves.
   *
   * @param patterns names, all below a name as {@code report.*}, or all as {@code *}
   */
  public Encryption withTypes(Collection<String> patterns) {
    return new Encryption(keys, newest, List.copyOf(patterns));
  }

  /** The ids of the keys, the newest one last. */
  public List<String> keyIds() {
    return new ArrayList<>(keys.keySet());
  }

  boolean isOn() {
    return !keys.isEmpty();
  }

  boolean names(String type) {
    return types.stream()
        .anyMatch(pattern ->
            pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*")
                    && type.startsWith(pattern.substring(0, pattern.length() - 1))));
  }

  boolean hasTypes() {
    return !types.isEmpty();
  }

  String newest() {
    return newest;
  }

  Map<String, SecretKey> keys() {
    return keys;
  }

  @Override
  public String toString() {
    return "Encryption with the keys " + keys.keySet() + " of the types " + types;
  }
}
