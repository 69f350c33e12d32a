package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.folder.DraftRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where the files of unfinished drafts lie, a folder for each. Thread-safe. */
public final class Workplace {
  private final Path folder;

  public Workplace(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Where a file of a draft lies once it is complete. */
  Path file(String draft, String url) {
    return folder.resolve(draft).resolve(sha1(url));
  }

  /** The folders of all drafts that have any. */
  public List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Removes a file of a draft, if it is there. */
  public void remove(String draft, String url) throws IOException {
    Files.deleteIfExists(file(draft, url));
  }

  /** Removes the files of a draft. */
  public void clear(String draft) throws IOException {
    DraftRoot.delete(folder.resolve(draft));
  }

  /**
   * Removes the folders of all drafts but these: what earlier processes left.
   *
   * @return how many were removed
   */
  public int keepOnly(Set<String> drafts) throws IOException {
    List<Path> stale;
    try (Stream<Path> entries = Files.list(folder)) {
      stale = entries.filter(path -> !drafts.contains(path.getFileName().toString())).toList();
    }
    for (Path path : stale) {
      DraftRoot.delete(path);
    }
    return stale.size();
  }

  private static String sha1(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
