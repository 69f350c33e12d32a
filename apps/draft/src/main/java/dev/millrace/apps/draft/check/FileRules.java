package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.folder.DraftRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Checks the files behind the materials. It looks only into the draft's own folder, whatever a path
 * says: a draft must not be a way to ask which files this machine has.
 */
final class FileRules {
  private FileRules() {}

  static void check(Path folder, JsonNode content, Findings findings) throws IOException {
    Path resources = folder.resolve(DraftRoot.RESOURCES);
    Set<String> used = new HashSet<>();
    for (String list : List.of("videos", "audios")) {
      int index = 0;
      for (JsonNode material : content.path("materials").path(list)) {
        String pointer = "/materials/" + list + "/" + index++ + "/path";
        if (material.path("path").isString()) {
          file(folder, material.path("path").stringValue(), pointer, used, findings);
        }
      }
    }
    if (Files.isDirectory(resources, LinkOption.NOFOLLOW_LINKS)) {
      unused(resources, used, findings.in(DraftRoot.RESOURCES));
    }
  }

  private static void file(
      Path folder, String path, String pointer, Set<String> used, Findings findings)
      throws IOException {
    boolean absolute = path.startsWith("/") || path.matches("[A-Za-z]:/.*");
    if (!absolute || path.contains("\\") || path.contains("/../")) {
      findings.add(Rule.PATH_FORM, pointer, "is \"" + path + "\"");
      return;
    }
    String within = "/" + folder.getFileName() + "/" + DraftRoot.RESOURCES + "/";
    int at = path.lastIndexOf(within);
    String name = at < 0 ? "" : path.substring(at + within.length());
    if (name.isEmpty() || name.contains("/")) {
      findings.add(
          Rule.FILE_EXISTS, pointer, "\"" + path + "\" is not in the draft's own " + within);
      return;
    }
    used.add(name);
    Path file = folder.resolve(DraftRoot.RESOURCES).resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      findings.add(Rule.FILE_EXISTS, pointer, "\"" + name + "\" is not in Resources");
    } else if (Files.size(file) == 0) {
      findings.add(Rule.FILE_EXISTS, pointer, "\"" + name + "\" is empty");
    }
  }

  private static void unused(Path resources, Set<String> used, Findings findings)
      throws IOException {
    try (Stream<Path> files = Files.list(resources)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !used.contains(name))
          .sorted()
          .forEach(name -> findings.add(Rule.UNUSED_FILE, "", "no material uses \"" + name + "\""));
    }
  }
}
