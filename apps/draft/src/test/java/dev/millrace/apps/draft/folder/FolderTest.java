package dev.millrace.apps.draft.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.timeline.Timeline;
import dev.millrace.testkit.media.Media;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderTest {
  @TempDir Path folder;

  private Timeline.Built built() throws Exception {
    return new Bench(folder)
        .missing("https://cdn.example.com/1.jpg")
        .missing("https://cdn.example.com/2.jpg")
        .missing("https://cdn.example.com/bgm.mp3")
        .built(Recipes.with(Recipes.example(), "/onMissing", "\"placeholder\""));
  }

  @Test
  void copiesFilesForReal() throws Exception {
    byte[] picture = Media.jpeg(10, 10, 1);
    Bench bench =
        new Bench(folder)
            .file("https://cdn.example.com/1.jpg", picture)
            .file("https://cdn.example.com/2.jpg", Media.png(4, 4, 0))
            .file("https://cdn.example.com/bgm.mp3", Media.wav(Duration.ofSeconds(8), 440));
    Path draft = bench.written(Recipes.example());
    assertThat(DraftChecker.check(draft)).isEmpty();
    try (var files = Files.list(draft.resolve(DraftRoot.RESOURCES))) {
      for (Path file : files.toList()) {
        assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
      }
    }
    assertThat(Files.readString(draft.resolve(DraftRoot.META)))
        .contains("\"tm_draft_create\":1795314600123456");
  }

  @Test
  void leavesNothingOfADraftThatCannotBeWritten() throws Exception {
    DraftRoot root = new DraftRoot(folder.resolve("root"));
    Timeline.Built built = built();
    DraftWriter writer = new DraftWriter(root, EditorPaths.of(root.path(), ""));
    Map<String, Path> files = Map.of("a.jpg", folder.resolve("nowhere"));

    assertThatThrownBy(() -> writer.write(built.draft(), files, built.standIns(), null, Bench.NOW))
        .hasMessageContaining("nowhere");
    assertThat(Files.list(root.path())).isEmpty();

    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> writer.write(built.draft(), Map.of(), built.standIns(), null, Bench.NOW))
        .isNotNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.list(root.path())).isEmpty();
  }

  @Test
  void takesADraftThatIsThereAsDone() throws Exception {
    DraftRoot root = new DraftRoot(folder.resolve("root"));
    Timeline.Built built = built();
    DraftWriter writer = new DraftWriter(root, EditorPaths.of(root.path(), ""));
    Path draft = writer.write(built.draft(), Map.of(), built.standIns(), null, Bench.NOW);
    Files.writeString(draft.resolve("mark"), "mine");

    assertThat(writer.write(built.draft(), Map.of(), built.standIns(), null, Bench.NOW))
        .isEqualTo(draft);
    assertThat(draft.resolve("mark")).exists();
  }

  @Test
  void mapsPathsToTheMachineOfTheEditor() throws Exception {
    EditorPaths paths = EditorPaths.of(folder, "D:\\Jianying\\Drafts\\");
    assertThat(paths.resources("demo")).isEqualTo("D:/Jianying/Drafts/demo/Resources");
    assertThat(EditorPaths.of(folder, " ").draft("x")).isEqualTo(folder + "/x");
  }

  @Test
  void findsOnlyDraftsOfItsOwn() throws Exception {
    DraftRoot root = new DraftRoot(folder.resolve("root"));
    Files.createDirectories(root.path().resolve("demo"));
    Files.createDirectories(root.path().resolve(".half.part"));
    Files.createSymbolicLink(root.path().resolve("link"), folder);

    assertThat(root.find("demo")).isPresent();
    for (String name : new String[] {"..", ".half.part", "", "a/b", "a\\b", "none", "link", "\0"}) {
      assertThat(root.find(name)).as(name).isEmpty();
    }
    assertThat(root.removeUnfinished()).isEqualTo(1);
    assertThat(root.find("demo")).isPresent();
  }

  @Test
  void refusesARootThatIsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> new DraftRoot(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "竖屏 人物:图片? | 竖屏 人物图片",
        "../../etc/passwd | etcpasswd",
        "a\\b*c\"d<e>f/g | abcdefg",
        "trailing dots... | trailing dots",
        "... | draft",
        "\u202Eevil\u0007 | evil",
        "cafe\u0301 | caf\u00e9"
      })
  void cleansTitles(String title, String cleaned) {
    String name = Names.draft(title, Instant.parse("2026-11-22T02:30:00Z"), ZoneOffset.UTC, "abc");
    assertThat(name).isEqualTo(cleaned + "_20261122_023000_abc");
  }

  @Test
  void stampsNamesInTheZoneOfTheServerAndBoundsThem() {
    String name =
        Names.draft(
            "长".repeat(500),
            Instant.parse("2026-11-22T20:30:00Z"),
            ZoneId.of("Asia/Shanghai"),
            "x");
    assertThat(name).isEqualTo("长".repeat(40) + "_20261123_043000_x");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a/pic.JPG?x=1, , JPEG, _pic.JPG",
    "https://h/a/pic, , JPEG, _pic.jpg",
    "https://h/, , PNG, _file.png",
    "https://h/%E5%9B%BE.png, , PNG, _图.png",
    "https://h/100%25.png, , PNG, _100%.png",
    "https://h/x.jpg, bgm.mp3, MP3, _bgm.mp3",
    "https://h/x.webp, , PNG, _x.webp.png",
    "https://h/x.mkv, , matroska, _x.mkv"
  })
  void namesFilesByDigestAndWhatPeopleKnow(String url, String wanted, String format, String end) {
    assertThat(Names.file(url, wanted, format)).matches("[0-9a-f]{8}.*").endsWith(end);
  }

  @Test
  void neverGivesTwoLinksOneName() {
    assertThat(Names.file("https://a/1.jpg", null, "JPEG"))
        .isNotEqualTo(Names.file("https://b/1.jpg", null, "JPEG"));
  }
}
