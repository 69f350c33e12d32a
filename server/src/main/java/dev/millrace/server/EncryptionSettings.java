package dev.millrace.server;

import dev.millrace.app.Setting;
import dev.millrace.app.SettingException;
import dev.millrace.tasks.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** The keys that encrypt what stands in the database of tasks. No message of its tells a key. */
record EncryptionSettings(
    @Setting(
            secret = true,
            doc =
                "Keys as 'id=base64 of 32 bytes', the newest last: it encrypts, the others only"
                    + " read. Best given by MILLRACE_TASKS_ENCRYPTION_KEYS.")
        List<String> keys,
    @Setting(doc = "A file with such keys, one a line, instead of keys.") String keyFile,
    @Setting(
            doc =
                "The task types whose inputs, results, steps and logs are encrypted, beside those"
                    + " that say it themselves: names, 'report.*', or '*' for all.")
        List<String> types) {
  private static final String MAKE = "; make one by: openssl rand -base64 32";

  Encryption encryption() {
    if (!keys.isEmpty() && !keyFile.isBlank()) {
      throw new SettingException(
          "tasks.encryption.keys and tasks.encryption.key-file are both set; use one of them");
    }
    Encryption encryption =
        keyFile.isBlank()
            ? with("tasks.encryption.keys", keys)
            : with("the key-file " + keyFile, lines());
    if (!types.isEmpty() && encryption.keyIds().isEmpty()) {
      throw new SettingException(
          "tasks.encryption.types is set and there is no key; set tasks.encryption.keys or"
              + " key-file");
    }
    return encryption.withTypes(types);
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(Path.of(keyFile)).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException failure) {
      throw new SettingException(
          "tasks.encryption.key-file is " + keyFile + ", which cannot be read: " + failure);
    }
  }

  private static Encryption with(String where, List<String> all) {
    Encryption encryption = Encryption.NONE;
    for (int i = 0; i < all.size(); i++) {
      String at = where + ", key " + (i + 1) + ": ";
      int equals = all.get(i).indexOf('=');
      if (equals < 1) {
        throw new SettingException(at + "there is no id with '=' before the key" + MAKE);
      }
      try {
        encryption =
            encryption.withKey(
                all.get(i).substring(0, equals).strip(),
                decoded(at, all.get(i).substring(equals + 1).strip()));
      } catch (IllegalArgumentException wrong) {
        throw new SettingException(at + wrong.getMessage() + MAKE);
      }
    }
    return encryption;
  }

  private static byte[] decoded(String at, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new SettingException(at + "what stands behind '=' is no base64" + MAKE);
    }
  }
}
