package dev.millrace.apps.draft.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a draft holds, for people who look at it. Immutable; shows the draft as it was then. */
public final class Outline {
  private final Map<String, Entry> byId = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private Outline() {}

  /**
   * A material.
   *
   * @param list that it is in
   * @param name what people call it; empty if nothing
   * @param text what it reads; null if it is no text
   * @param uses how many segments refer to it
   */
  public record Entry(
      String id, String list, String name, @Nullable String text, int uses, ObjectNode node) {}

  /** Looks through a draft. */
  public static Outline of(DraftDocument draft) {
    Map<String, Integer> uses = new HashMap<>();
    for (ObjectNode track : draft.tracks()) {
      for (ObjectNode segment : DraftDocument.segments(track)) {
        uses.merge(segment.path("material_id").asString(""), 1, Integer::sum);
        segment
            .path("extra_material_refs")
            .forEach(reference -> uses.merge(reference.asString(""), 1, Integer::sum));
      }
    }
    Outline outline = new Outline();
    draft
        .materials()
        .properties()
        .forEach(list -> {
          for (ObjectNode node : DraftDocument.objects(list.getValue())) {
            Material material = new Material(list.getKey(), node);
            Entry entry =
                new Entry(
                    material.id(),
                    material.list(),
                    material.name(),
                    material.list().equals("texts") ? TextReplacement.words(node) : null,
                    uses.getOrDefault(material.id(), 0),
                    node);
            outline.entries.add(entry);
            outline.byId.putIfAbsent(entry.id(), entry);
          }
        });
    return outline;
  }

  /** All materials, in the order of the document. */
  public List<Entry> materials() {
    return List.copyOf(entries);
  }

  /** The material of this id. */
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The render index of a track; null if it has no segment. */
  public static @Nullable Long renderIndex(ObjectNode track) {
    return TrackPlace.index(track);
  }
}
