package dev.millrace.apps.draft.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks the meta file, and whether it tells of the same draft as the content. */
final class MetaRules {
  private static final List<String> TEXTS =
      List.of("draft_id", "draft_name", "draft_fold_path", "draft_root_path", "draft_cover");
  private static final List<String> NUMBERS =
      List.of("tm_duration", "tm_draft_create", "tm_draft_modified", "tm_draft_removed");

  /** The first microsecond of 2001 and the last that has 16 digits: anything else is no time. */
  private static final long FIRST_MICROS = 978_307_200_000_000L;

  private static final long LAST_MICROS = 9_999_999_999_999_999L;

  private MetaRules() {}

  static void check(Path folder, JsonNode meta, @Nullable JsonNode content, Findings findings)
      throws IOException {
    for (String name : TEXTS) {
      if (!meta.path(name).isString()) {
        findings.add(Rule.FIELD_REQUIRED, "/" + name, "is missing or no string");
      }
    }
    for (String name : NUMBERS) {
      if (!meta.path(name).isIntegralNumber()) {
        findings.add(Rule.FIELD_REQUIRED, "/" + name, "is missing or no whole number");
      }
    }
    if (!meta.path("draft_materials").isArray()) {
      findings.add(Rule.FIELD_REQUIRED, "/draft_materials", "is missing or no list");
    }
    names(folder, meta, findings);
    cover(folder, meta.path("draft_cover").asString(""), findings);
    times(meta, findings);
    if (content != null) {
      agrees(meta, content, findings);
    }
  }

  private static void names(Path folder, JsonNode meta, Findings findings) {
    String name = folder.getFileName().toString();
    differs(findings, "/draft_name", meta.path("draft_name").asString(""), name);
    String root = meta.path("draft_root_path").asString("");
    differs(
        findings, "/draft_fold_path", meta.path("draft_fold_path").asString(""), root + "/" + name);
    String id = meta.path("draft_id").asString("");
    if (!id.matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")) {
      findings.add(Rule.META_AGREES, "/draft_id", "\"" + id + "\" is no UUID in upper case");
    }
  }

  /** Only a file of the draft itself is looked at, whatever the name says. */
  private static void cover(Path folder, String name, Findings findings) throws IOException {
    if (name.isEmpty()) {
      return;
    }
    String wrong = "";
    if (!name.matches("[A-Za-z0-9_-]{1,64}\\.jpe?g")) {
      wrong = "is \"" + name + "\", no name of a JPEG in the draft's folder";
    } else if (!Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      wrong = "names \"" + name + "\", which is not in the draft's folder";
    } else {
      try (InputStream in = Files.newInputStream(folder.resolve(name))) {
        byte[] start = in.readNBytes(2);
        if (start.length < 2 || start[0] != (byte) 0xFF || start[1] != (byte) 0xD8) {
          wrong = "names \"" + name + "\", which is no JPEG";
        }
      }
    }
    if (!wrong.isEmpty()) {
      findings.add(Rule.COVER_THERE, "/draft_cover", wrong);
    }
  }

  private static void times(JsonNode meta, Findings findings) {
    for (String name : List.of("tm_draft_create", "tm_draft_modified")) {
      JsonNode time = meta.path(name);
      boolean sane =
          !time.isIntegralNumber()
              || (time.asLong(0) >= FIRST_MICROS && time.asLong(0) <= LAST_MICROS);
      if (!sane) {
        findings.add(Rule.META_AGREES, "/" + name, "is " + time + ", not microseconds since 1970");
      }
    }
  }

  private static void agrees(JsonNode meta, JsonNode content, Findings findings) {
    differs(
        findings, "/draft_id", meta.path("draft_id").asString(""), content.path("id").asString(""));
    long duration = content.path("duration").asLong(0);
    if (meta.path("tm_duration").asLong(-1) != duration) {
      findings.add(
          Rule.META_AGREES,
          "/tm_duration",
          "is " + meta.path("tm_duration") + ", but the draft lasts " + duration);
    }
    Set<String> listed = new HashSet<>();
    for (JsonNode group : meta.path("draft_materials")) {
      for (JsonNode file : group.path("value")) {
        listed.add(file.path("file_Path").asString(""));
      }
    }
    Set<String> used = new HashSet<>();
    for (String list : List.of("videos", "audios")) {
      for (JsonNode material : content.path("materials").path(list)) {
        used.add(material.path("path").asString(""));
      }
    }
    for (String path : used) {
      if (!listed.contains(path)) {
        findings.add(Rule.META_AGREES, "/draft_materials", "does not list \"" + path + "\"");
      }
    }
    for (String path : listed) {
      if (!used.contains(path)) {
        findings.add(Rule.META_UNUSED, "/draft_materials", "lists \"" + path + "\" without use");
      }
    }
  }

  private static void differs(Findings findings, String pointer, String is, String expected) {
    if (!is.equals(expected)) {
      findings.add(Rule.META_AGREES, pointer, "is \"" + is + "\", not \"" + expected + "\"");
    }
  }
}
