package dev.millrace.apps.draft;

import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.folder.Cover;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.DraftWriter;
import dev.millrace.apps.draft.folder.EditorPaths;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.media.MediaProbe;
import dev.millrace.apps.draft.recipe.Item;
import dev.millrace.apps.draft.recipe.LinkRule;
import dev.millrace.apps.draft.recipe.Reading;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.recipe.RecipeReader;
import dev.millrace.apps.draft.subtitle.SubtitleReader;
import dev.millrace.apps.draft.timeline.DraftIds;
import dev.millrace.apps.draft.timeline.Found;
import dev.millrace.apps.draft.timeline.Timeline;
import dev.millrace.apps.draft.timeline.TimelineBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes drafts out of recipes and local files, without a server. */
public final class Bench {
  public static final Instant NOW = Instant.parse("2026-11-22T02:30:00.123456Z");
  private static final Catalogue CATALOGUE = catalogue();
  private static final RecipeReader READER = new RecipeReader(() -> CATALOGUE, LinkRule.any());

  private final Path folder;
  private final Map<String, Found> found = new HashMap<>();
  private final Map<String, Path> files = new LinkedHashMap<>();

  public Bench(Path folder) {
    this.folder = folder;
  }

  /** Puts a file where {@code url} points. */
  public Bench file(String url, byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("source-" + files.size() + found.size()), bytes);
    MediaInfo info = MediaProbe.builtIn().probe(file);
    String name = Names.file(url, null, info.format());
    files.put(name, file);
    found.put(url, new Found.File(name, info));
    return this;
  }

  public Bench subtitles(String url, byte[] bytes) throws Exception {
    found.put(url, new Found.Subtitles(SubtitleReader.read(bytes)));
    return this;
  }

  public Bench missing(String url) {
    found.put(url, new Found.Missing("download-failed", "the server answered 404"));
    return this;
  }

  /** What is shipped, and made-up entries of the kinds of which nothing is. */
  private static Catalogue catalogue() {
    try {
      Path file = Files.createTempFile("catalogue", ".json");
      try {
        return Catalogue.shipped().with(Files.writeString(file, Recipes.CATALOGUE));
      } finally {
        Files.delete(file);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public static Recipe recipe(JsonNode json) {
    Reading reading = READER.read(json);
    return reading
        .found()
        .orElseThrow(() -> new AssertionError("the recipe has faults: " + reading.faults()));
  }

  public Timeline timeline(JsonNode json) {
    Recipe recipe = recipe(json);
    return new TimelineBuilder(
            recipe, found, EditorPaths.of(folder, "").resources("demo"), DraftIds.fresh())
        .build(DraftIds.fresh().get(), "demo");
  }

  public Timeline.Built built(JsonNode json) {
    return switch (timeline(json)) {
      case Timeline.Built built -> built;
      case Timeline.Failed failed -> throw new AssertionError("not built: " + failed.faults());
    };
  }

  /** Writes the draft and returns its folder. */
  public Path written(JsonNode json) throws Exception {
    Timeline.Built built = built(json);
    Map<String, Path> used = new LinkedHashMap<>();
    built
        .draft()
        .media()
        .forEach(media -> {
          if (files.containsKey(media.fileName())) {
            used.put(media.fileName(), files.get(media.fileName()));
          }
        });
    return new DraftWriter(new DraftRoot(folder), EditorPaths.of(folder, ""))
        .write(built.draft(), used, built.standIns(), cover(built), NOW);
  }

  private Cover cover(Timeline.Built built) throws Exception {
    String url = built.coverUrl();
    if (url == null || !(found.get(url) instanceof Found.File(String name, MediaInfo info))) {
      return null;
    }
    return Cover.of(files.get(name), info.format());
  }

  /** Whether an item has a link of its own or of its material. */
  public static boolean isLinked(Item item) {
    return item.url() != null;
  }
}
