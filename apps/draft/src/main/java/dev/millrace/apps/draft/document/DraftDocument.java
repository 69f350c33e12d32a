package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.folder.DraftRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A draft as the trees of its documents: the content, and the meta file if there is one. Whoever
 * changes it changes nodes; what nobody touches is written as it was read. Not thread-safe.
 */
public final class DraftDocument {
  /** A draft of 10,000 items has about 20 MB. */
  private static final long MOST_BYTES = 256L << 20;

  private static final String REMEDY =
      "; open it with client 5.9 or earlier and save it there, or copy the folder again";

  private final ObjectNode content;
  private @Nullable ObjectNode meta;

  private DraftDocument(ObjectNode content, @Nullable ObjectNode meta) {
    this.content = content;
    this.meta = meta;
  }

  /** A draft of these trees, which it changes. */
  public static DraftDocument of(ObjectNode content, @Nullable ObjectNode meta)
      throws UnreadableDraftException {
    need(content, DraftRoot.CONTENT);
    return new DraftDocument(content, meta);
  }

  /**
   * Reads {@code draft_content.json}, or {@code draft_info.json} where only that is, and the meta
   * file if there is one that can be read.
   *
   * @throws UnreadableDraftException if there is no content, or none that is plain JSON
   */
  public static DraftDocument read(Path folder) throws IOException, UnreadableDraftException {
    String name = isFile(folder.resolve(DraftRoot.CONTENT)) ? DraftRoot.CONTENT : DraftRoot.INFO;
    Path file = folder.resolve(name);
    if (!isFile(file)) {
      throw new UnreadableDraftException(
          "the folder '"
              + folder.getFileName()
              + "' holds neither "
              + DraftRoot.CONTENT
              + " nor "
              + DraftRoot.INFO
              + ", so it is no draft; give the folder of a draft");
    }
    ObjectNode content = object(file, name);
    need(content, name);
    return new DraftDocument(content, meta(folder));
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The client makes a new meta file where there is none, so a broken one is no reason to stop. */
  private static @Nullable ObjectNode meta(Path folder) throws IOException {
    Path file = folder.resolve(DraftRoot.META);
    if (!isFile(file)) {
      return null;
    }
    try {
      return object(file, DraftRoot.META);
    } catch (UnreadableDraftException _) {
      return null;
    }
  }

  private static ObjectNode object(Path file, String name)
      throws IOException, UnreadableDraftException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new UnreadableDraftException(
          name + " has " + size + " bytes; at most " + MOST_BYTES + " are read");
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      if (DocumentJson.read(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw new UnreadableDraftException(name + " holds no JSON object" + REMEDY);
    } catch (JacksonException e) {
      throw new UnreadableDraftException(
          name
              + (seemsEncrypted(bytes)
                  ? " is encrypted, as clients of version 6 and later save it"
                  : " is no JSON: " + e.getOriginalMessage())
              + REMEDY);
    }
  }

  /** What is encrypted, or encrypted and then written in base 64, begins with no brace. */
  private static boolean seemsEncrypted(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.UTF_8).strip();
    return !start.isEmpty() && !start.startsWith("{") && !start.startsWith("\uFEFF");
  }

  private static void need(ObjectNode content, String name) throws UnreadableDraftException {
    if (!content.path("materials").isObject() || !content.path("tracks").isArray()) {
      throw new UnreadableDraftException(
          name + " has no object 'materials' or no list 'tracks', so it is no draft" + REMEDY);
    }
  }

  /** The content; changes to it are changes to the draft. */
  public ObjectNode content() {
    return content;
  }

  /** The meta document, if there is one. */
  public Optional<ObjectNode> meta() {
    return Optional.ofNullable(meta);
  }

  void setMeta(ObjectNode made) {
    meta = made;
  }

  /** Both documents as files: the content under both its names, and the meta file. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] bytes = DocumentJson.bytes(content);
    files.put(DraftRoot.CONTENT, bytes);
    files.put(DraftRoot.INFO, bytes);
    if (meta != null) {
      files.put(DraftRoot.META, DocumentJson.bytes(meta));
    }
    return files;
  }

  /** A copy that shares nothing with this one. */
  public DraftDocument copy() {
    return new DraftDocument(content.deepCopy(), meta == null ? null : meta.deepCopy());
  }

  ObjectNode materials() {
    return (ObjectNode) content.get("materials");
  }

  ArrayNode trackList() {
    return (ArrayNode) content.get("tracks");
  }

  /** The list of materials of this name, made if it is missing. */
  ArrayNode list(String name) {
    return materials().get(name) instanceof ArrayNode list ? list : materials().putArray(name);
  }

  /** The tracks, in ascending render index. */
  public List<ObjectNode> tracks() {
    return objects(trackList());
  }

  /** The segments of a track, in the order of the document. */
  public static List<ObjectNode> segments(ObjectNode track) {
    return objects(track.path("segments"));
  }

  static List<ObjectNode> objects(JsonNode list) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode node : list) {
      if (node instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /** Sets the length of the draft to the end of its last segment, in content and meta. */
  void settleDuration() {
    long end = 0;
    for (ObjectNode track : tracks()) {
      for (ObjectNode segment : segments(track)) {
        Span target = Span.of(segment, "target_timerange");
        end = target == null ? end : Math.max(end, target.end());
      }
    }
    if (content.path("duration").asLong(-1) != end) {
      content.put("duration", end);
    }
    if (meta != null && meta.path("tm_duration").asLong(-1) != end) {
      meta.put("tm_duration", end);
    }
  }

  /** How long it is, in microseconds. */
  public long durationMicros() {
    return content.path("duration").asLong(0);
  }
}
