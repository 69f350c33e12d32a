package dev.millrace.tasks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what stands in the database of tasks, by AES-256-GCM (NIST SP 800-38D) with a nonce of
 * 96 random bits. Thread-safe.
 *
 * <p>A sealed text is {@code U+0001 enc1:<key id>:<base64 of nonce, ciphertext and tag>}: no JSON
 * and no text of people begins like that, so rows with and without encryption stand side by side.
 * The task, the place and the key id are authenticated with it: what was moved to another row or
 * column does not open.
 */
final class Vault {
  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final String TRAIL = "trail";
  static final String ERROR = "error";
  static final String MESSAGE = "message";
  static final String BOOK = "book";

  /** The error of an attempt. */
  static final String ATTEMPT = "attempt";

  /** A callback of a batch. */
  static final String CALLBACK = "callback";

  private static final String MARK = "\u0001enc1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Encryption encryption;
  private final TypeRegistry types;
  private final SecureRandom random = new SecureRandom();

  Vault(Encryption encryption, TypeRegistry types) {
    this.encryption = encryption;
    this.types = types;
  }

  /** Whether it has keys at all. */
  boolean isOn() {
    return encryption.isOn();
  }

  /**
   * Whether what is written of tasks of that type is encrypted. Runs of workflows are, wherever
   * there are keys: they carry what tasks of all types were given and answered.
   */
  boolean covers(String type) {
    if (!encryption.isOn()) {
      return false;
    }
    if (type.equals(Workflows.TYPE)) {
      return true;
    }
    KnownType<?, ?> known = types.find(type);
    return (known != null && known.type.secrecy().encrypted()) || encryption.names(type);
  }

  /** Refuses a type that wants to be encrypted where there is no key. */
  void check(TaskType<?, ?> type) {
    if (type.secrecy().encrypted() && !encryption.isOn()) {
      throw new IllegalArgumentException(
          "task type '"
              + type.name()
              + "' is encrypted, and there is no key; set tasks.encryption.keys or key-file");
    }
  }

  static boolean isSealed(@Nullable String text) {
    return text != null && text.startsWith(MARK);
  }

  /** What stands for a step's result. */
  static String step(String name) {
    return "step " + name;
  }

  /** What stands for a line of a log. */
  static String line(long micros) {
    return "log " + micros;
  }

  /** What stands for a signal that waits. */
  static String signal(String name) {
    return "signal " + name;
  }

  /** What stands for the input of a schedule, which belongs to no task. */
  static String schedule(String name) {
    return "schedule " + name;
  }

  /** What stands for a definition of a workflow, which belongs to no task. */
  static String definition(String workflow, int version) {
    return "definition " + workflow + " " + version;
  }

  /** Seals what belongs to a task if its type is encrypted. */
  String sealIf(String type, long task, String place, String text) {
    return covers(type) ? seal(task, place, text) : text;
  }

  @Nullable String sealIfAny(String type, long task, String place, @Nullable String text) {
    return text == null ? null : sealIf(type, task, place, text);
  }

  /** Whether it is sealed, and not with the newest key. */
  boolean isStale(@Nullable String stored) {
    return encryption.isOn() && stored != null && isSealed(stored) && !isFresh(stored);
  }

  /** Whether it is sealed with the newest key. */
  boolean isFresh(String stored) {
    return stored.startsWith(freshMark());
  }

  /** What everything begins with that is sealed with the newest key. */
  String freshMark() {
    return MARK + encryption.newest() + ":";
  }

  /** The id of the key that a sealed text asks for. */
  static String keyOf(String sealed) {
    int colon = sealed.indexOf(':', MARK.length());
    return sealed.substring(MARK.length(), Math.max(MARK.length(), colon));
  }

  List<String> keyIds() {
    return encryption.keyIds();
  }

  /**
   * Sealed with the newest key, where it was with an older one.
   *
   * @throws SealedException if it does not open
   */
  String renewed(long task, String place, String stored) {
    return isStale(stored) ? seal(task, place, open(task, place, stored)) : stored;
  }

  /** The same for what is about to be written anyhow; what does not open stays as it is. */
  @Nullable String renewedOrKept(long task, String place, @Nullable String stored) {
    if (stored == null || !isStale(stored)) {
      return stored;
    }
    try {
      return renewed(task, place, stored);
    } catch (SealedException _) {
      return stored;
    }
  }

  /** Seals with the newest key. */
  String seal(long task, String place, String text) {
    String id = encryption.newest();
    SecretKey key = encryption.keys().get(id);
    if (key == null) {
      throw new IllegalStateException("nothing is sealed without a key; this is a bug");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, task, place, id);
      byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
      System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
      int _ = cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return MARK + id + ":" + Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("this Java cannot encrypt by AES-256-GCM", failure);
    }
  }

  /**
   * The text that was sealed, or {@code stored} if it was not.
   *
   * @throws SealedException if there is no such key, or it does not fit
   */
  String open(long task, String place, String stored) {
    if (!isSealed(stored)) {
      return stored;
    }
    String id = keyOf(stored);
    SecretKey key = encryption.keys().get(id);
    if (key == null) {
      throw new SealedException(
          "the "
              + place
              + " is encrypted with key '"
              + id
              + "', which is not configured; add it to tasks.encryption.keys or the key-file");
    }
    try {
      byte[] sealed = Base64.getDecoder().decode(stored.substring(MARK.length() + id.length() + 1));
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, task, place, id);
      byte[] plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException _) {
      throw new SealedException(
          "the "
              + place
              + " does not open with key '"
              + id
              + "': another key has this id, or the row was changed by hand; configure the key that"
              + " had this id");
    }
  }

  @Nullable String openAny(long task, String place, @Nullable String stored) {
    return stored == null ? null : open(task, place, stored);
  }

  /** The text, or as it is stored if it does not open. */
  @Nullable String openOrKeep(long task, String place, @Nullable String stored) {
    if (!isSealed(stored) || stored == null) {
      return stored;
    }
    try {
      return open(task, place, stored);
    } catch (SealedException _) {
      return stored;
    }
  }

  /** The text, or in words why it does not open. */
  @Nullable String shown(long task, String place, @Nullable String stored) {
    if (!isSealed(stored) || stored == null) {
      return stored;
    }
    try {
      return open(task, place, stored);
    } catch (SealedException closed) {
      return "(" + closed.getMessage() + ")";
    }
  }

  private static Cipher cipher(
      int mode, SecretKey key, byte[] nonce, long task, String place, String id)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        ("millrace.tasks\n" + task + "\n" + place + "\n" + id).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
