package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.EditException;
import dev.millrace.apps.draft.document.MediaFile;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.document.Source;
import dev.millrace.apps.draft.document.SubDraft;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.folder.OwnFiles;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.media.UnusableMediaException;
import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings what operations need: files from links and drafts, and other drafts. It plans which files
 * the result gets copies of. Confined to one piece of work.
 */
public final class Intake implements AutoCloseable {
  private final EditParts parts;
  private final Path base;
  private final String resources;
  private final Path work;
  private final Map<String, Path> fetched = new HashMap<>();
  private final Map<Path, String> names = new HashMap<>();
  private final Map<String, Path> copies = new LinkedHashMap<>();
  private final Map<String, DraftDocument> sources = new LinkedHashMap<>();
  private final TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param base folder of the draft that is worked on
   * @param resources the folder of its files as the editor will know it
   * @param keeps whether the result keeps the files of {@code base}
   */
  Intake(EditParts parts, Path base, String resources, boolean keeps) throws IOException {
    this.parts = parts;
    this.base = base;
    this.resources = resources;
    this.work = Files.createTempDirectory(parts.work(), "edit-");
    Path own = base.resolve(DraftRoot.RESOURCES);
    if (keeps && Files.isDirectory(own)) {
      try (var files = Files.list(own)) {
        files.forEach(file -> taken.add(file.getFileName().toString()));
      }
    }
  }

  /** What the result gets copies of, by the name in its folder of files. */
  Map<String, Path> copies() {
    return copies;
  }

  /** The drafts that were read, by name. */
  Map<String, DraftDocument> sources() {
    return sources;
  }

  /** A picture, video or sound, as a material will name it. */
  public MediaFile media(FileChoice choice)
      throws EditException, IOException, InterruptedException {
    Path file = file(choice);
    MediaInfo info;
    try {
      info = parts.probe().probe(file);
    } catch (UnusableMediaException e) {
      throw new EditException(
          field(choice), e.code(), String.valueOf(e.getMessage()) + "; give a file that plays");
    }
    String name = planned(file, wanted(choice, file, info.format()));
    return new MediaFile(name, resources + "/" + name, info);
  }

  /** The content of a file. */
  public byte[] bytes(FileChoice choice, long most)
      throws EditException, IOException, InterruptedException {
    Path file = file(choice);
    long size = Files.size(file);
    if (size > most) {
      throw new EditException(
          field(choice),
          "file-too-large",
          "the file has " + size + " bytes; at most " + most + " are read");
    }
    return Files.readAllBytes(file);
  }

  private static String field(FileChoice choice) {
    return choice.link() != null ? "/link" : "/file";
  }

  private static String wanted(FileChoice choice, Path file, String format) {
    String link = choice.link();
    if (link != null) {
      return Names.file(link, choice.name(), format);
    }
    String name = choice.name() == null ? "" : Names.title(choice.name());
    return name.isEmpty() ? file.getFileName().toString() : name;
  }

  private Path file(FileChoice choice) throws EditException, IOException, InterruptedException {
    String link = choice.link();
    String file = choice.file();
    if (link != null) {
      return fetched(link);
    }
    if (file == null) {
      throw new EditException(
          "/file", "field-missing", "is missing; send 'link', or 'file' with its name in a draft");
    }
    String draft = choice.draft();
    Path folder = draft == null ? base : parts.folder(draft, "/draft");
    return OwnFiles.of(folder, java.util.List.of())
        .file(file.contains("/") ? file : DraftRoot.RESOURCES + "/" + file)
        .orElseThrow(() ->
            new EditException(
                "/file",
                "file-not-found",
                "the draft '"
                    + folder.getFileName()
                    + "' has no file \""
                    + file
                    + "\" of its own; look the names up under its materials"));
  }

  private Path fetched(String link) throws EditException, IOException, InterruptedException {
    Path there = fetched.get(link);
    if (there != null) {
      return there;
    }
    Path target = work.resolve("file-" + fetched.size());
    try {
      var _ = parts.downloads().fetch(DownloadRequest.of(link, target));
    } catch (DownloadException e) {
      if (e.reason() == FailureReason.DISK_FULL || e.reason() == FailureReason.FILE) {
        throw new IOException("cannot keep a file: " + e.getMessage(), e);
      }
      throw new EditException(
          "/link",
          "download-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          String.valueOf(e.getMessage()));
    }
    fetched.put(link, target);
    return target;
  }

  /** Another draft, whose own files come along when its tracks do. */
  public Source draft(String name) throws EditException, IOException, RefusedException {
    Path folder = parts.folder(name, "/draft");
    DraftDocument draft = parts.read(folder);
    sources.put(name, draft);
    OwnFiles own = OwnFiles.of(folder, Settling.homes(draft, folder));
    return new Source(
        draft.copy(),
        name,
        path -> own.find(path).map(file -> resources + "/" + copied(file)).orElse(path));
  }

  /** The same pieces with files of this draft: of links, and of drafts that are here. */
  public SubDraft pieces(SubDraft pieces) throws EditException, IOException, InterruptedException {
    Map<String, String> moved = new HashMap<>();
    for (String path : pieces.paths()) {
      if (path.startsWith("http://") || path.startsWith("https://")) {
        moved.put(path, media(new FileChoice(path, null, null, null)).path());
      } else {
        ofDraft(path).ifPresent(file -> moved.put(path, resources + "/" + copied(file)));
      }
    }
    return pieces.withPaths(moved);
  }

  /** The file behind a path that leads into a draft which is here under the same name. */
  private Optional<Path> ofDraft(String path) {
    String[] parents = OwnFiles.slashed(path).split("/", -1);
    for (int i = parents.length - 2; i > 0; i--) {
      Path folder = parts.root().find(parents[i]).orElse(null);
      if (folder != null) {
        return OwnFiles.of(folder, java.util.List.of()).find(path);
      }
    }
    return Optional.empty();
  }

  private String copied(Path file) {
    return planned(file, file.getFileName().toString());
  }

  private String planned(Path file, String wanted) {
    @Nullable String known = names.get(file);
    if (known == null) {
      known = free(wanted);
      names.put(file, known);
      taken.add(known);
      copies.put(known, file);
    }
    return known;
  }

  private String free(String wanted) {
    int dot = wanted.lastIndexOf('.');
    String stem = dot <= 0 ? wanted : wanted.substring(0, dot);
    String ending = dot <= 0 ? "" : wanted.substring(dot);
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = stem + "-" + i + ending;
    }
    return name;
  }

  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    DraftRoot.delete(work);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
