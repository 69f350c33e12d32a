package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.timeline.Timeline;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.media.Cue;
import dev.millrace.testkit.media.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checker never complains about what we write: recipes at random, with all that items can
 * carry, files that are missing, too short or of no known length, and every road through them.
 */
class GeneratedRecipesTest {
  private static final int DRAFTS = 60;

  @TempDir Path folder;

  private final byte[] jpeg = Media.jpeg(40, 60, 1);
  private final byte[] video = Media.mp4(64, 48, Duration.ofSeconds(3));
  private final byte[] sound = Media.wav(Duration.ofSeconds(4), 440);

  @Test
  void neverDisagreesWithItsChecker() {
    Seed.current()
        .run(random -> {
          int checked = 0;
          for (int i = 0; i < DRAFTS; i++) {
            checked += one(random, Files.createDirectory(folder.resolve("draft-" + i)));
          }
          assertThat(checked).as("drafts that were built").isGreaterThan(DRAFTS / 2);
        });
  }

  /** How many drafts it came to. */
  private int one(SplittableRandom random, Path place) throws Exception {
    Bench bench =
        new Bench(place)
            .file("https://h/p.jpg", jpeg)
            .file("https://h/v.mp4", video)
            .file("https://h/s.wav", sound)
            .missing("https://h/gone.jpg")
            .missing("https://h/gone.mp3")
            .subtitles(
                "https://h/t.srt",
                Media.srt(
                    List.of(
                        new Cue(Duration.ZERO, Duration.ofSeconds(2), "one"),
                        new Cue(Duration.ofSeconds(3), Duration.ofSeconds(5), "two 😀"))));
    ObjectNode recipe = recipe(random);
    Timeline timeline = bench.timeline(recipe);
    if (timeline instanceof Timeline.Failed failed) {
      assertThat(failed.faults())
          .as("of %s", recipe)
          .allSatisfy(fault -> assertThat(fault.code()).isIn("nothing-left", "subtitles-outside"));
      return 0;
    }
    assertThat(DraftChecker.check(bench.written(recipe))).as("of %s", recipe).isEmpty();
    return 1;
  }

  private static ObjectNode recipe(SplittableRandom random) {
    ObjectNode recipe = Recipes.JSON.createObjectNode();
    recipe.put("onMissing", random.nextBoolean() ? "skip" : "placeholder");
    if (random.nextInt(3) == 0) {
      recipe.putObject("cover").put("path", "https://h/p.jpg");
    }
    // Gaps on the main track are worth a warning, and these recipes are full of them.
    recipe.putObject("draftConfig").putObject("config").put("maintrack_adsorb", false);
    ObjectNode data = recipe.putObject("testData");
    ArrayNode tracks = data.putArray("tracks");
    ArrayNode items = data.putArray("items");
    String[] types = {"video", "audio", "text", "effect", "filter", "sticker"};
    int count = 1 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      String type = types[random.nextInt(types.length)];
      ObjectNode track = tracks.addObject().put("id", "t" + i).put("type", type);
      if (random.nextInt(5) == 0) {
        track.put("relativeIndex", random.nextInt(9));
      }
      track(random, type, "t" + i, items);
    }
    return recipe;
  }

  private static void track(SplittableRandom random, String type, String id, ArrayNode items) {
    long tenths = random.nextInt(20);
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      long length = 1 + random.nextInt(60);
      boolean last = i == count - 1;
      boolean gap = random.nextInt(3) == 0;
      ObjectNode item = items.addObject();
      ObjectNode data = item.putObject("data").put("track", id).put("start", tenths / 10.0);
      data.put("duration", length / 10.0);
      boolean touches = !last && !gap;
      switch (type) {
        case "video" -> video(random, item, data, length, touches);
        case "audio" -> audio(random, item, data, length);
        case "text" -> text(random, item, data);
        case "sticker" -> {
          item.put("type", "sticker");
          data.put("name", "星");
          keyframes(random, data, length, "position_x", "rotation", "uniform_scale", "alpha");
        }
        case "filter" -> {
          item.put("type", "filter");
          data.put("name", "暖").put("intensity", random.nextInt(101));
        }
        default -> {
          item.put("type", "video_effect");
          data.put("name", "雪").putObject("values").put("speed", random.nextInt(101));
        }
      }
      tenths += length + (gap ? 1 + random.nextInt(20) : 0);
    }
  }

  private static boolean some(SplittableRandom random) {
    return random.nextInt(3) == 0;
  }

  private static void video(
      SplittableRandom random, ObjectNode item, ObjectNode data, long length, boolean touches) {
    boolean photo = random.nextBoolean();
    item.put("type", photo ? "image" : "video");
    String file = photo ? "https://h/p.jpg" : "https://h/v.mp4";
    data.put("path", random.nextInt(8) == 0 ? "https://h/gone.jpg" : file);
    if (some(random)) {
      data.put("speed", (2 + random.nextInt(30)) / 10.0);
    }
    if (some(random) && touches) {
      data.putArray("transitions").addObject().put("name", "叠化");
    }
    if (some(random)) {
      data.putObject("background").put("blur", 1 + random.nextInt(4));
    }
    if (some(random)) {
      data.putObject("background").put("color", "#123456");
    }
    if (some(random)) {
      data.putObject("mask")
          .put("name", "圆形")
          .put("size", random.nextDouble(0.01, 1))
          .put("feather", random.nextDouble());
    }
    if (some(random)) {
      data.putArray("filters").addObject().put("name", "暖").put("intensity", random.nextInt(101));
    }
    if (some(random)) {
      ArrayNode effects = data.putArray("effects");
      effects.addObject().put("type", "video_effect").put("name", "雪");
      effects.addObject().put("type", "face_effect").put("name", "猫");
    }
    if (some(random)) {
      data.putArray("animations")
          .addObject()
          .put("type", "video_intro")
          .put("name", "渐显")
          .put("duration", length / 20.0);
    }
    if (some(random)) {
      data.put("scale", random.nextDouble(0.1, 5)).put("x", random.nextDouble(-2, 2));
    }
    keyframes(random, data, length, "position_y", "uniform_scale", "contrast", "volume");
    if (!data.has("keyframes")) {
      keyframes(random, data, length, "scale_x", "scale_y");
    }
  }

  private static void audio(
      SplittableRandom random, ObjectNode item, ObjectNode data, long length) {
    item.put("type", "music");
    data.put("path", random.nextInt(8) == 0 ? "https://h/gone.mp3" : "https://h/s.wav");
    data.put("volume", random.nextDouble(0, 10));
    if (random.nextInt(4) == 0) {
      data.remove("duration");
    } else {
      keyframes(random, data, length, "volume");
    }
    if (some(random)) {
      data.putArray("effects").addObject().put("type", "tone").put("name", "大叔");
    }
    if (some(random) && data.has("duration")) {
      data.putObject("fades").put("in", length / 30.0).put("out", length / 30.0);
    }
  }

  private static void text(SplittableRandom random, ObjectNode item, ObjectNode data) {
    item.put("type", random.nextBoolean() ? "text" : "subtitle");
    if (random.nextInt(4) == 0) {
      data.put("path", "https://h/t.srt");
    } else {
      data.put("text", "a😀".repeat(1 + random.nextInt(5)));
    }
    if (some(random)) {
      data.putObject("bubble").put("name", "泡");
    }
    if (some(random)) {
      data.putObject("flower").put("name", "火");
    }
    if (some(random)) {
      data.putObject("style").put("font", "宋").put("size", 12);
    }
    if (some(random)) {
      data.putArray("keyframes")
          .addObject()
          .put("property", "alpha")
          .put("time", 0)
          .put("value", random.nextDouble());
    }
    if (some(random)) {
      ArrayNode animations = data.putArray("animations");
      animations.addObject().put("type", "text_loop").put("name", "跳动");
      animations.addObject().put("type", "text_intro").put("name", "弹入").put("duration", 0.1);
    }
  }

  /** Some of the properties, each at some moments of the item. */
  private static void keyframes(
      SplittableRandom random, ObjectNode data, long length, String... properties) {
    if (!some(random)) {
      return;
    }
    ArrayNode keyframes = data.putArray("keyframes");
    for (String property : properties) {
      List<Long> times = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        times.add(random.nextLong(length + 1));
      }
      for (long tenths : times.stream().distinct().toList()) {
        keyframes
            .addObject()
            .put("property", property)
            .put("time", tenths / 10.0)
            .put("value", random.nextDouble(0.01, 1));
      }
    }
  }
}
