package dev.millrace.apps.draft.folder;

import dev.millrace.apps.draft.format.ContentWriter;
import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.format.MetaWriter;
import dev.millrace.apps.draft.media.Placeholder;
import dev.millrace.apps.draft.timeline.Timeline.StandIns;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes drafts. A draft appears under its name when it is complete and on disk, or not at all.
 * Thread-safe, for drafts of different names.
 */
public final class DraftWriter {
  /** Copies at a time: a disk gains nothing from more. */
  private static final int COPIES = 8;

  private final DraftRoot root;
  private final EditorPaths paths;

  public DraftWriter(DraftRoot root, EditorPaths paths) {
    this.root = root;
    this.paths = paths;
  }

  /**
   * Writes a draft and returns its folder. If it is there already, from a process that was killed
   * right after finishing it, nothing is done.
   *
   * @param files what to copy into the draft, by the name in it; copied for real, because a link to
   *     a shared file would let an edit of one draft change others
   * @param cover what becomes the picture of the client's list; null if nothing does
   * @throws IOException if it cannot be written; nothing of it remains then
   * @throws InterruptedException if the thread is interrupted; nothing remains either
   */
  public Path write(
      Draft draft,
      Map<String, Path> files,
      StandIns standIns,
      @Nullable Cover cover,
      Instant created)
      throws IOException, InterruptedException {
    return write(draft, files, standIns, cover, created, Addition.none());
  }

  /**
   * The same, with what is added to the documents.
   *
   * @param addition asked once, when all files are there
   */
  public Path write(
      Draft draft,
      Map<String, Path> files,
      StandIns standIns,
      @Nullable Cover cover,
      Instant created,
      Addition addition)
      throws IOException, InterruptedException {
    Path finished = root.finished(draft.name());
    if (Files.isDirectory(finished)) {
      return finished;
    }
    Path part = root.unfinished(draft.name());
    DraftRoot.delete(part);
    try {
      Path resources = Files.createDirectories(part.resolve(DraftRoot.RESOURCES));
      copy(files, resources);
      placeholders(draft, standIns, resources);
      if (cover != null) {
        write(part.resolve(Draft.COVER), cover::writeTo);
      }
      documents(draft, part, created, addition);
      force(resources);
      force(part);
      Files.move(part, finished, StandardCopyOption.ATOMIC_MOVE);
      force(root.path());
      return finished;
    } finally {
      // An interrupt would make even the clean-up fail, so it waits until that is done.
      boolean interrupted = Thread.interrupted();
      DraftRoot.delete(part);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Copies files into a folder for real; folders that their names lead through must be there. */
  static void copy(Map<String, Path> files, Path resources)
      throws IOException, InterruptedException {
    try (ExecutorService copiers =
        Executors.newFixedThreadPool(COPIES, Thread.ofVirtual().name("draft-copy-", 0).factory())) {
      List<Future<Path>> copies = new ArrayList<>();
      for (Map.Entry<String, Path> file : files.entrySet()) {
        Callable<Path> copy = () -> copy(file.getValue(), resources.resolve(file.getKey()));
        copies.add(copiers.submit(copy));
      }
      try {
        for (Future<Path> copy : copies) {
          copy.get();
        }
      } catch (ExecutionException e) {
        copiers.shutdownNow();
        throw new IOException("cannot copy a file into the draft: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        copiers.shutdownNow();
        throw e;
      }
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target = create(to)) {
      long size = source.size();
      for (long at = 0; at < size; ) {
        long moved = source.transferTo(at, size - at, target);
        if (moved <= 0) {
          throw new IOException(from + " became shorter while it was copied");
        }
        at += moved;
      }
      target.force(true);
    }
    return to;
  }

  private static void placeholders(Draft draft, StandIns standIns, Path resources)
      throws IOException {
    String picture = standIns.picture();
    if (picture != null) {
      write(
          resources.resolve(picture),
          out -> Placeholder.png(draft.canvas().width(), draft.canvas().height(), out));
    }
    String sound = standIns.sound();
    if (sound != null) {
      write(resources.resolve(sound), out -> Placeholder.wav(standIns.soundMicros(), out));
    }
  }

  private void documents(Draft draft, Path part, Instant created, Addition addition)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ContentWriter.write(draft, content);
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    MetaWriter.write(draft, paths.draft(draft.name()), paths.root(), created, meta);
    for (Map.Entry<String, byte[]> document :
        addition.add(content.toByteArray(), meta.toByteArray()).entrySet()) {
      write(part.resolve(document.getKey()), out -> out.write(document.getValue()));
    }
  }

  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    try (FileChannel channel = create(file)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Makes the names in a folder durable, where the system can. */
  static void force(Path folder) throws IOException {
    if (java.io.File.separatorChar == '\\') {
      return; // Windows opens no folders, and journals their entries by itself.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
