package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.timeline.DraftIds;
import dev.millrace.apps.draft.timeline.Note;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts another file in the place of a material. Confined to one draft. */
final class Replacement {
  private final DraftDocument draft;
  private final MediaFile file;
  private final Shrink shrink;
  private final Extend extend;
  private final List<Note> notes;
  private Material.@Nullable Index index;

  Replacement(DraftDocument draft, MediaFile file, Shrink shrink, Extend extend, List<Note> notes) {
    this.draft = draft;
    this.file = file;
    this.shrink = shrink;
    this.extend = extend;
    this.notes = notes;
  }

  private record Use(ObjectNode track, ObjectNode segment) {}

  /** Replaces every material of this name; each of its segments goes on to show its own part. */
  void byName(String name) throws EditException {
    List<Material> named = new ArrayList<>();
    for (String list : List.of("videos", "audios")) {
      for (ObjectNode node : DraftDocument.objects(draft.materials().path(list))) {
        Material material = new Material(list, node);
        if (material.name().equals(name)) {
          named.add(material);
        }
      }
    }
    if (named.isEmpty()) {
      throw new EditException(
          "/name",
          "material-not-found",
          "no picture, video or sound of the draft is called \""
              + name
              + "\"; look the names up under materials");
    }
    for (Material material : named) {
      needKind(material);
      String old = material.node().path("path").asString("");
      fill(material);
      listed(old, material);
      for (Use use : uses(material.id())) {
        Span source = Span.of(use.segment(), "source_timerange");
        long start = source == null || source.start() >= available(0) ? 0 : source.start();
        time(use, start, null);
      }
    }
  }

  /**
   * Replaces the material of one segment; others that show it keep it.
   *
   * @param sourceStart where in the file it begins, in microseconds
   * @param sourceDuration how much of the file it shows; null for what the segment has room for
   */
  void bySegment(String id, long sourceStart, @Nullable Long sourceDuration) throws EditException {
    Use use = find(id);
    Material material = new Material.Index(draft).find(use.segment().path("material_id"));
    if (material == null || !(material.list().equals("videos") || isAudio(material))) {
      throw new EditException(
          "/segment",
          "segment-has-no-file",
          "the segment '" + id + "' shows no picture, video or sound; give one that does");
    }
    needKind(material);
    if (!isPhoto() && sourceStart >= file.info().durationMicros()) {
      throw new EditException(
          "/sourceStart",
          "source-too-short",
          "is "
              + sourceStart
              + " µs, but \""
              + file.name()
              + "\" lasts only "
              + file.info().durationMicros()
              + " µs; begin earlier");
    }
    String old = material.node().path("path").asString("");
    if (uses(material.id()).size() > 1) {
      ObjectNode own = material.node().deepCopy();
      own.put("id", DraftIds.fresh().get());
      Material copy = new Material(material.list(), own);
      takeId(own, "material_id", material.id());
      draft.list(material.list()).add(own);
      use.segment().put("material_id", copy.id());
      material = copy;
    }
    fill(material);
    listed(old, material);
    time(use, sourceStart, sourceDuration);
  }

  private static void takeId(ObjectNode node, String field, String old) {
    if (node.path(field).asString("").equals(old)) {
      node.put(field, node.path("id").asString(""));
    }
  }

  private static boolean isAudio(Material material) {
    return material.list().equals("audios");
  }

  private boolean isPhoto() {
    return file.info().kind() == Media.Kind.PHOTO;
  }

  private long available(long sourceStart) {
    return isPhoto() ? Media.PHOTO_MICROS : file.info().durationMicros() - sourceStart;
  }

  private void needKind(Material material) throws EditException {
    boolean audio = file.info().kind() == Media.Kind.AUDIO;
    // A video file may be heard without being seen, but sound alone cannot be seen.
    if (isAudio(material) ? isPhoto() || (!audio && !file.info().hasAudio()) : audio) {
      throw new EditException(
          "/file",
          "wrong-kind",
          "\""
              + file.name()
              + "\" is "
              + (audio ? "sound" : isPhoto() ? "a picture" : "a video without sound")
              + ", but \""
              + material.name()
              + "\" is "
              + (isAudio(material) ? "sound" : "seen")
              + "; give a file of its kind");
    }
  }

  private List<Use> uses(String materialId) {
    List<Use> uses = new ArrayList<>();
    for (ObjectNode track : draft.tracks()) {
      for (ObjectNode segment : DraftDocument.segments(track)) {
        if (segment.path("material_id").asString("").equals(materialId)) {
          uses.add(new Use(track, segment));
        }
      }
    }
    return uses;
  }

  private Use find(String id) throws EditException {
    for (ObjectNode track : draft.tracks()) {
      for (ObjectNode segment : DraftDocument.segments(track)) {
        if (segment.path("id").asString("").equals(id)) {
          return new Use(track, segment);
        }
      }
    }
    throw new EditException(
        "/segment",
        "segment-not-found",
        "the draft has no segment '" + id + "'; look the ids up under tracks");
  }

  private void fill(Material material) {
    ObjectNode node = material.node();
    node.put("path", file.path());
    if (isAudio(material)) {
      node.put("name", file.name())
          .put("duration", file.info().durationMicros())
          .put("type", "extract_music");
      node.putArray("wave_points");
      node.put("music_id", material.id()).put("local_material_id", material.id());
      return;
    }
    node.put("material_name", file.name())
        .put("type", isPhoto() ? "photo" : "video")
        .put("duration", isPhoto() ? Media.PHOTO_MICROS : file.info().durationMicros())
        .put("width", file.info().width())
        .put("height", file.info().height());
    if (node.has("has_audio")) {
      node.put("has_audio", file.info().hasAudio());
    }
    if (node.has("media_path")) {
      node.put("media_path", "");
    }
  }

  private void listed(String oldPath, Material material) {
    draft.meta().ifPresent(meta -> MetaFiles.replaced(draft, meta, oldPath, material));
  }

  /** Reckons what the segment shows, and lets its track make room. */
  private void time(Use use, long sourceStart, @Nullable Long sourceDuration) throws EditException {
    ObjectNode segment = use.segment();
    Span target = Span.target(segment);
    double ratio = ratio(segment, target);
    long available = available(sourceStart);
    long room = Math.max(1, Math.round(target.duration() * ratio));
    long wanted = room;
    if (sourceDuration != null) {
      wanted = extend == Extend.PUSH ? sourceDuration : Math.min(room, sourceDuration);
    } else if (extend == Extend.PUSH && !isPhoto()) {
      wanted = available;
    }
    long source = Math.max(1, Math.min(wanted, available));
    long length =
        source == room ? target.duration() : Math.max(1, (long) Math.floor(source / ratio));
    source = Math.min(source, Math.max(1, Math.round(length * ratio)));
    new Span(sourceStart, source).put(segment, "source_timerange");
    if (length != target.duration()) {
      new TrackTimes(draft, use.track(), notes).resize(segment, length, shrink);
    }
  }

  /** Of the draft as it was before; speeds are not replaced. */
  private Material.Index materials() {
    if (index == null) {
      index = new Material.Index(draft);
    }
    return index;
  }

  /** Source for each moment of the timeline: the speed, or what a curve comes to as a whole. */
  private double ratio(ObjectNode segment, Span target) {
    Span source = Span.of(segment, "source_timerange");
    for (JsonNode reference : segment.path("extra_material_refs")) {
      Material speed = materials().find(reference);
      boolean curved = speed != null && speed.node().path("curve_speed").isObject();
      if (curved && source != null && source.duration() > 0 && target.duration() > 0) {
        return (double) source.duration() / target.duration();
      }
    }
    double speed = segment.path("speed").asDouble(1);
    return speed > 0 ? speed : 1;
  }
}
