package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes drafts that were made out of other drafts. A new one appears under its name when it is
 * complete and on disk, or not at all; the documents of one that is there are replaced one by one,
 * each as a whole. Thread-safe, for drafts of different names.
 */
public final class FolderWriter {
  private static final Set<String> DOCUMENTS =
      Set.of(DraftRoot.CONTENT, DraftRoot.INFO, DraftRoot.META);

  private static final String BEFORE = ".before-";

  /** Copies of old documents that are kept beside a draft. */
  private static final int MOST_COPIES = 10;

  private final DraftRoot root;

  public FolderWriter(DraftRoot root) {
    this.root = root;
  }

  /**
   * Looks at a draft before it can be seen by others.
   *
   * @param <X> what it throws to refuse it
   */
  @FunctionalInterface
  public interface Inspection<X extends Exception> {
    /** Refuses a draft by throwing; {@code folder} is complete and has its final name. */
    void inspect(Path folder) throws IOException, X;
  }

  /**
   * Writes a new draft and returns its folder.
   *
   * @param base folder whose other files the draft gets copies of; null for none
   * @param documents by name
   * @param resources what else to copy into {@code Resources}, by the name there
   * @throws FileAlreadyExistsException if there is a draft of this name
   * @throws IOException if it cannot be written; nothing of it remains then
   */
  public <X extends Exception> Path create(
      String name,
      @Nullable Path base,
      Map<String, byte[]> documents,
      Map<String, Path> resources,
      Inspection<X> inspection)
      throws IOException, InterruptedException, X {
    Map<String, Path> files = base == null ? new LinkedHashMap<>() : others(base);
    resources.forEach((file, path) -> files.put(DraftRoot.RESOURCES + "/" + file, path));
    return this.<X>inNew(
        name,
        folder -> {
          Files.createDirectories(folder.resolve(DraftRoot.RESOURCES));
          for (String file : files.keySet()) {
            Files.createDirectories(parent(folder.resolve(file)));
          }
          try {
            DraftWriter.copy(files, folder);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("the copy was interrupted");
          }
          for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            DraftWriter.write(
                folder.resolve(document.getKey()), out -> out.write(document.getValue()));
          }
          inspection.inspect(folder);
        });
  }

  /**
   * Fills the folder of a draft and tells its documents.
   *
   * @param <X> what it throws to refuse
   */
  @FunctionalInterface
  public interface Filling<X extends Exception> {
    /** Puts the files into {@code folder}, and returns the documents that are to be there. */
    Map<String, byte[]> fill(Path folder) throws IOException, X;
  }

  /**
   * Writes a new draft whose files come from elsewhere, and returns its folder.
   *
   * @throws FileAlreadyExistsException if there is a draft of this name
   * @throws IOException if it cannot be written; nothing of it remains then
   */
  public <X extends Exception> Path receive(String name, Filling<X> filling) throws IOException, X {
    return this.<X>inNew(
        name,
        folder -> {
          Map<String, byte[]> documents = filling.fill(folder);
          Files.createDirectories(folder.resolve(DraftRoot.RESOURCES));
          try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
              DraftWriter.force(file);
            }
          }
          for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            swap(folder, document.getKey(), document.getValue());
          }
        });
  }

  /** Makes a folder of this name in hiding, fills it, has it looked at, and shows it. */
  private <X extends Exception> Path inNew(String name, Inspection<X> filling)
      throws IOException, X {
    Path finished = root.finished(name);
    Path hidden = root.unfinished(name);
    if (Files.exists(finished, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(finished.toString());
    }
    DraftRoot.delete(hidden);
    try {
      // Within a hidden folder it can bear its own name already, which its documents mention.
      Path folder = Files.createDirectories(hidden.resolve(name));
      filling.inspect(folder);
      forceAll(folder);
      Files.move(folder, finished, StandardCopyOption.ATOMIC_MOVE);
      DraftWriter.force(root.path());
      return finished;
    } finally {
      boolean interrupted = Thread.interrupted();
      DraftRoot.delete(hidden);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static void forceAll(Path folder) throws IOException {
    List<Path> folders;
    try (Stream<Path> tree = Files.walk(folder)) {
      folders = tree.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path each : folders.reversed()) {
      DraftWriter.force(each);
    }
  }

  /** Everything in a draft's folder but its documents and their old copies; links are left out. */
  private static Map<String, Path> others(Path base) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    try (Stream<Path> tree = Files.walk(base)) {
      tree.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> {
            String name = base.relativize(path).toString().replace('\\', '/');
            boolean top = !name.contains("/");
            if (!(top && (DOCUMENTS.contains(name) || name.contains(BEFORE)))
                && !name.endsWith(".part")) {
              files.put(name, path);
            }
          });
    }
    return files;
  }

  /**
   * Replaces documents of a draft that is there. The content as it was stays beside it as {@code
   * draft_content.before-STAMP.json}.
   *
   * @param resources what to copy into {@code Resources} first, by the name there
   * @param inspection looks at the folder when the files are there and the documents still old
   * @return name of the copy of the old content
   * @throws IOException if it cannot be done; every document is then whole, the old or the new one
   */
  public static <X extends Exception> String replace(
      Path folder,
      Map<String, byte[]> documents,
      Map<String, Path> resources,
      String stamp,
      Inspection<X> inspection)
      throws IOException, InterruptedException, X {
    Path files = Files.createDirectories(folder.resolve(DraftRoot.RESOURCES));
    boolean taken = false;
    try {
      if (!resources.isEmpty()) {
        DraftWriter.copy(resources, files);
        DraftWriter.force(files);
      }
      inspection.inspect(folder);
      taken = true;
    } finally {
      if (!taken) {
        for (String name : resources.keySet()) {
          Files.deleteIfExists(files.resolve(name));
        }
      }
    }
    String copy = keepOld(folder, stamp);
    for (Map.Entry<String, byte[]> document : documents.entrySet()) {
      swap(folder, document.getKey(), document.getValue());
    }
    DraftWriter.force(folder);
    dropOldCopies(folder);
    return copy;
  }

  private static String keepOld(Path folder, String stamp) throws IOException {
    String source =
        Files.isRegularFile(folder.resolve(DraftRoot.CONTENT), LinkOption.NOFOLLOW_LINKS)
            ? DraftRoot.CONTENT
            : DraftRoot.INFO;
    String stem = source.substring(0, source.length() - ".json".length()) + BEFORE + stamp;
    String name = stem + ".json";
    for (int i = 2; Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS); i++) {
      name = stem + "-" + i + ".json";
    }
    byte[] old = Files.readAllBytes(folder.resolve(source));
    swap(folder, name, old);
    return name;
  }

  private static void swap(Path folder, String name, byte[] bytes) throws IOException {
    Path part = folder.resolve("." + name + ".part");
    Files.deleteIfExists(part);
    DraftWriter.write(part, out -> out.write(bytes));
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void dropOldCopies(Path folder) throws IOException {
    List<Path> copies = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(path -> {
            String name = path.getFileName().toString();
            return name.startsWith("draft_") && name.contains(BEFORE) && name.endsWith(".json");
          })
          .forEach(copies::add);
    }
    copies.sort(Comparator.comparing(FolderWriter::stamp));
    for (int i = 0; i < copies.size() - MOST_COPIES; i++) {
      Files.deleteIfExists(copies.get(i));
    }
  }

  private static String stamp(Path copy) {
    String name = copy.getFileName().toString();
    return name.substring(name.indexOf(BEFORE));
  }
}
