package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.folder.OwnFiles;
import dev.millrace.apps.draft.format.Canvas;
import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.format.MetaWriter;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes a draft at home in a folder: its paths, its id, and what its meta file says of it. */
public final class Settling {
  private Settling() {}

  /**
   * Where a draft is to be.
   *
   * @param id upper-case UUID; that of the draft itself if it stays the same draft
   * @param name of its folder
   * @param folder its path on the machine of the editor, with forward slashes
   * @param root the folder of all drafts there
   */
  public record Home(String id, String name, String folder, String root) {}

  /** The folders that a draft in {@code folder} says its own files are in. */
  public static List<String> homes(DraftDocument draft, Path folder) {
    return homes(draft, folder, "");
  }

  /**
   * The same for a folder that had another name before.
   *
   * @param before that name; empty if it is not known
   */
  public static List<String> homes(DraftDocument draft, Path folder, String before) {
    String told = draft.meta().map(meta -> meta.path("draft_fold_path").asString("")).orElse("");
    OwnFiles own = OwnFiles.of(folder, List.of(told));
    Set<String> homes = new LinkedHashSet<>();
    if (!told.isBlank()) {
      homes.add(OwnFiles.slashed(told).replaceAll("/+$", ""));
    }
    for (Map.Entry<String, JsonNode> list : draft.materials().properties()) {
      for (ObjectNode material : DraftDocument.objects(list.getValue())) {
        String path = material.path("path").asString("");
        own.home(path).or(() -> own.home(path, before)).ifPresent(homes::add);
      }
    }
    return List.copyOf(homes);
  }

  /**
   * Moves a draft to a new home, whose files have the names that they had.
   *
   * @param from the folders that its paths name now
   */
  public static void move(DraftDocument draft, List<String> from, Home to, Instant now) {
    List<String> old = new ArrayList<>(from);
    old.removeIf(home -> home.length() < 3);
    rewrite(draft.content(), old, to.folder());
    draft.meta().ifPresent(meta -> rewrite(meta, old, to.folder()));
    settle(draft, to, now);
  }

  /** Makes the meta file tell of the draft as it is; makes one if there is none. */
  public static void settle(DraftDocument draft, Home home, Instant now) {
    boolean fresh = !draft.content().path("id").asString("").equals(home.id());
    draft.content().put("id", home.id());
    draft.settleDuration();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    ObjectNode meta = draft.meta().orElseGet(() -> made(home, now));
    draft.setMeta(meta);
    meta.put("draft_id", home.id())
        .put("draft_name", home.name())
        .put("draft_fold_path", home.folder())
        .put("draft_root_path", home.root())
        .put("tm_draft_modified", micros)
        .put("tm_duration", draft.durationMicros());
    if (fresh) {
      meta.put("tm_draft_create", micros);
    }
    for (String list : List.of("videos", "audios")) {
      for (ObjectNode node : DraftDocument.objects(draft.materials().path(list))) {
        MetaFiles.added(meta, new Material(list, node));
      }
    }
  }

  /** Sets the length of the draft to the end of its last segment. */
  public static void settleDuration(DraftDocument draft) {
    draft.settleDuration();
  }

  private static ObjectNode made(Home home, Instant now) {
    Draft empty =
        new Draft(
            home.id(),
            home.name(),
            new Canvas(1920, 1080, "original"),
            30,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MetaWriter.write(empty, home.folder(), home.root(), now, out);
    return (ObjectNode) DocumentJson.read(out.toByteArray());
  }

  private static void rewrite(JsonNode tree, List<String> from, String to) {
    switch (tree) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          if (field.getValue() instanceof StringNode text) {
            String moved = moved(text.stringValue(), from, to);
            if (!moved.equals(text.stringValue())) {
              field.setValue(StringNode.valueOf(moved));
            }
          } else {
            rewrite(field.getValue(), from, to);
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i) instanceof StringNode text) {
            String moved = moved(text.stringValue(), from, to);
            if (!moved.equals(text.stringValue())) {
              array.set(i, moved);
            }
          } else {
            rewrite(array.get(i), from, to);
          }
        }
      }
      default -> {
        // No path.
      }
    }
  }

  private static String moved(String value, List<String> from, String to) {
    for (String home : from) {
      if (value.length() > home.length()) {
        String plain = OwnFiles.slashed(value);
        if (plain.startsWith(home + "/")) {
          return to + plain.substring(home.length());
        }
      }
    }
    return value;
  }
}
