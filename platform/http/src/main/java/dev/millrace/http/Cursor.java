package dev.millrace.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a page of a list ends: an opaque token that holds the sort key of the last element, and
 * knows which list and which filters it belongs to. Immutable, thread-safe.
 *
 * <pre>{@code
 * Cursor<Key> cursor = Cursor.of("tasks", filter, Key.class);
 * Key after = cursor.decode(request.query().cursor());   // null for the first page
 * return Reply.ok(new Page<>(items, more ? cursor.encode(keyOfLast) : null));
 * }</pre>
 *
 * <p>It is no secret and no proof: whoever decodes one sees the key, and the key must be checked by
 * the query as any other value.
 */
public final class Cursor<K> {
  private static final int LONGEST = 1024;
  private static final int CHECK = 4;

  private final int check;
  private final Class<K> keyType;

  private Cursor(int check, Class<K> keyType) {
    this.check = check;
    this.keyType = keyType;
  }

  /**
   * The cursors of one list under certain filters.
   *
   * @param list the list's name
   * @param filter what the list is filtered and sorted by; its {@code toString} tells filters apart
   * @param keyType the record of the sort key
   */
  public static <K> Cursor<K> of(String list, Object filter, Class<K> keyType) {
    var crc = new CRC32C();
    crc.update((list + '\n' + filter).getBytes(StandardCharsets.UTF_8));
    return new Cursor<>((int) crc.getValue(), keyType);
  }

  /** The token for the page after {@code last}. */
  public String encode(K last) {
    byte[] key = Json.mapper().writeValueAsBytes(last);
    byte[] token = ByteBuffer.allocate(CHECK + key.length).putInt(check).put(key).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The key that a token holds, or null for no token.
   *
   * @throws ProblemException {@code cursor-invalid} if it is malformed or of another list or filter
   */
  public @Nullable K decode(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return null;
    }
    if (token.length() > LONGEST) {
      throw refused("it is longer than any cursor");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (bytes.remaining() <= CHECK) {
        throw refused("it is cut off");
      }
      if (bytes.getInt() != check) {
        throw refused("it belongs to another list or other filters");
      }
      return Objects.requireNonNull(
          mapper().readValue(bytes.array(), CHECK, bytes.remaining(), keyType));
    } catch (IllegalArgumentException | JacksonException | NullPointerException malformed) {
      throw refused("it is damaged");
    }
  }

  private static JsonMapper mapper() {
    return Json.mapper();
  }

  private static ProblemException refused(String why) {
    return HttpProblems.CURSOR_INVALID.because("The cursor is refused: " + why + ".");
  }
}
