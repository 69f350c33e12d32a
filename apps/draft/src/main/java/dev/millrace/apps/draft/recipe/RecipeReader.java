package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.Canvas;
import dev.millrace.apps.draft.format.ContentWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads recipes and finds everything that is wrong with one. Immutable and thread-safe. */
public final class RecipeReader {
  private static final Canvas USUAL_CANVAS = new Canvas(1920, 1080, "original");

  private final EffectReader effects;
  private final Links links;

  /**
   * @param catalogue the effects that a recipe may name, asked when one does
   * @param rule which links may be fetched
   */
  public RecipeReader(Supplier<Catalogue> catalogue, LinkRule rule) {
    this.effects = new EffectReader(catalogue);
    this.links = new Links(rule);
  }

  /** The recipe in {@code json}, or all its faults. */
  public Reading read(JsonNode json) {
    Faults faults = new Faults();
    Fields root = Fields.of(json, "", faults);
    Recipe recipe = root == null ? null : recipe(root, faults);
    List<Fault> found = faults.all();
    return found.isEmpty() ? new Reading(recipe, found) : new Reading(null, found);
  }

  private Recipe recipe(Fields root, Faults faults) {
    Map<String, Material> materials = Material.read(root, links);
    String name = root.text("name", Limits.TITLE);
    String title = name == null ? "" : name;
    Map<ItemType, Rule> rules = new HashMap<>();
    Fields group = root.object("ruleGroup");
    if (group != null) {
      String groupTitle = group.text("title", Limits.TITLE);
      title = title.isBlank() && groupTitle != null ? groupTitle : title;
      rules = Rule.read(group, materials, effects, faults);
      group.text("id", Limits.TITLE);
      group.free("createdAt", "updatedAt");
      group.done();
    }
    OnMissing onMissing = onMissing(root);
    Settings settings = settings(root);
    Timeline timeline = timeline(root, materials, rules, faults);
    CoverRequest cover = CoverRequest.read(root, materials, links);
    root.done();
    return new Recipe(
        title,
        settings.canvas,
        settings.fps,
        settings.config,
        onMissing,
        List.copyOf(timeline.tracks.values()),
        timeline.items,
        timeline.segments,
        timeline.materials,
        cover);
  }

  private record Timeline(
      Map<String, TrackRequest> tracks,
      List<Item> items,
      List<RawSegment> segments,
      List<RawMaterial> materials) {}

  private Timeline timeline(
      Fields root, Map<String, Material> materials, Map<ItemType, Rule> rules, Faults faults) {
    Fields testData = root.object("testData");
    JsonNode pieces = root.raw("rawSegments");
    boolean raw = pieces != null && !pieces.isEmpty();
    if (testData == null && !root.has("testData") && !raw) {
      root.fault("testData", "missing", "is missing; give it tracks and items");
    }
    Map<String, TrackRequest> tracks = Map.of();
    if (testData != null) {
      for (String list : raw ? List.<String>of() : List.of("tracks", "items")) {
        JsonNode value = testData.raw(list);
        if (value == null || (value.isArray() && value.isEmpty())) {
          testData.fault(list, "missing", "is empty; a draft needs at least one");
        }
      }
      tracks = TrackReader.read(testData);
    }
    SegmentStyles styles = styles(root, materials, tracks, faults);
    RawReader rawReader = new RawReader(tracks, styles, links);
    rawReader.readMaterials(root);
    List<RawSegment> segments = rawReader.readSegments(root);
    List<Item> items = List.of();
    boolean complete = true;
    if (testData != null) {
      items =
          new ItemReader(tracks, materials, rules, styles, effects, links).read(testData, faults);
      testData.done();
      complete = items.size() == testData.values("items", Limits.ITEMS).size();
    }
    new TimelineRules(faults, complete).check(items);
    new RawRules(faults).check(segments, items);
    return new Timeline(tracks, items, segments, rawReader.materials());
  }

  /** Styles may be for whatever has an id, here or in a piece of an existing draft. */
  private SegmentStyles styles(
      Fields root,
      Map<String, Material> materials,
      Map<String, TrackRequest> tracks,
      Faults faults) {
    Set<String> styled = new HashSet<>(materials.keySet());
    Set<String> places = new HashSet<>(tracks.keySet());
    JsonNode pieces = root.raw("rawSegments");
    if (pieces != null) {
      for (JsonNode segment : pieces) {
        styled.add(segment.path("materialId").asString(""));
        places.add(segment.path("trackId").asString(""));
      }
    }
    return SegmentStyles.read(root, styled, places, effects, faults);
  }

  private static OnMissing onMissing(Fields root) {
    String word = root.text("onMissing", Limits.TITLE);
    if (word == null) {
      return OnMissing.FAIL;
    }
    OnMissing known = OnMissing.of(word).orElse(null);
    if (known == null) {
      root.fault(
          "onMissing",
          "unknown-word",
          "is \"" + word + "\"; give " + Nearest.sentence(word, OnMissing.words()));
      return OnMissing.FAIL;
    }
    return known;
  }

  private record Settings(Canvas canvas, double fps, Map<String, JsonNode> config) {}

  private static Settings settings(Fields root) {
    Fields fields = root.object("draftConfig");
    if (fields == null) {
      return new Settings(USUAL_CANVAS, 30, Map.of());
    }
    Canvas canvas = canvas(fields.object("canvas"));
    double fps = fields.decimalOr("fps", 1, 240, 30);
    Map<String, JsonNode> config = config(fields.object("config"));
    fields.done();
    return new Settings(canvas, fps, config);
  }

  private static Canvas canvas(@Nullable Fields fields) {
    if (fields == null) {
      return USUAL_CANVAS;
    }
    Integer width = fields.whole("width", 16, 16_384);
    Integer height = fields.whole("height", 16, 16_384);
    String ratio = fields.text("ratio", 32);
    fields.done();
    if (fields.has("width") != fields.has("height")) {
      fields.fault("", "missing", "needs both width and height, or neither");
    }
    return new Canvas(
        width == null ? USUAL_CANVAS.width() : width,
        height == null ? USUAL_CANVAS.height() : height,
        ratio == null ? USUAL_CANVAS.ratio() : ratio);
  }

  /** Any setting may be given, but one that the client knows keeps its kind of value. */
  private static Map<String, JsonNode> config(@Nullable Fields fields) {
    Map<String, JsonNode> config = new LinkedHashMap<>();
    if (fields != null) {
      for (Map.Entry<String, JsonNode> setting : fields.properties()) {
        JsonNode usual = ContentWriter.usualConfig().get(setting.getKey());
        if (usual != null
            && !usual.isNull()
            && usual.getNodeType() != setting.getValue().getNodeType()) {
          fields.fault(
              setting.getKey(),
              "wrong-type",
              "is " + Fields.shown(setting.getValue()) + "; the client expects one like " + usual);
        }
        config.put(setting.getKey(), setting.getValue());
      }
    }
    return config;
  }
}
