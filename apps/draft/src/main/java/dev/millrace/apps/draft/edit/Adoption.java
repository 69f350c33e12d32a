package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.UnreadableDraftException;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.FolderDraft;
import dev.millrace.apps.draft.timeline.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists drafts that no recipe made: those that were imported or made out of others, and those that
 * somebody put into the folder of drafts. Thread-safe.
 */
public final class Adoption {
  /** How long a look at the folder holds. */
  private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

  /** Folders that are taken in at one look; the next look goes on. */
  private static final int MOST_A_LOOK = 200;

  private static final Logger log = LoggerFactory.getLogger(Adoption.class);

  private final DraftRoot root;
  private final DraftRecords records;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong looked;

  public Adoption(DraftRoot root, DraftRecords records, LongSupplier ticker) {
    this.root = root;
    this.records = records;
    this.ticker = ticker;
    this.looked = new AtomicLong(ticker.getAsLong() - FRESH_NANOS);
  }

  /** Takes in folders that are new, and forgets those that are gone, if nobody just looked. */
  public void look() throws IOException {
    if (ticker.getAsLong() - looked.get() < FRESH_NANOS) {
      return;
    }
    lock.lock();
    try {
      if (ticker.getAsLong() - looked.get() >= FRESH_NANOS) {
        sweep();
        looked.set(ticker.getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  private void sweep() throws IOException {
    List<String> names;
    try (Stream<Path> folders = Files.list(root.path())) {
      names = folders.map(path -> path.getFileName().toString()).toList();
    }
    Set<String> known = new HashSet<>(records.names());
    names.stream()
        .filter(name -> !known.contains(name))
        .filter(name -> root.find(name).filter(Adoption::isDraft).isPresent())
        .limit(MOST_A_LOOK)
        .forEach(this::tryAdopt);
    Set<String> here = new HashSet<>(names);
    for (String name : records.folderNames()) {
      if (!here.contains(name)) {
        records.forgetFolder(name);
      }
    }
  }

  /** One folder that cannot be read is no reason to list none. */
  private void tryAdopt(String name) {
    try {
      adopt(name);
    } catch (IOException | UncheckedIOException e) {
      log.warn("cannot take in the draft {}", name, e);
    }
  }

  /** The draft of this name; takes its folder in if it is new. */
  public Optional<DraftRow> find(String name) throws IOException {
    Optional<DraftRow> known = records.find(name);
    if (known.isEmpty()) {
      adopt(name);
      return records.find(name);
    }
    if (known.filter(DraftRow::isFolder).isPresent() && root.find(name).isEmpty()) {
      records.forgetFolder(name);
      return Optional.empty();
    }
    return known;
  }

  /** Takes a folder in, if it is a draft's. */
  void adopt(String name) throws IOException {
    Path folder = root.find(name).filter(Adoption::isDraft).orElse(null);
    if (folder != null) {
      records.adopt(draft(folder));
    }
  }

  /** Reads the folder of a draft that was changed again. */
  void refresh(String name) throws IOException {
    Path folder = root.find(name).filter(Adoption::isDraft).orElse(null);
    if (folder != null) {
      records.refresh(draft(folder));
    }
  }

  private static boolean isDraft(Path folder) {
    return Stream.of(DraftRoot.CONTENT, DraftRoot.INFO)
        .anyMatch(name -> Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  private static FolderDraft draft(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    Instant changed = Files.getLastModifiedTime(folder).toInstant();
    try {
      DraftDocument draft = DraftDocument.read(folder);
      return new FolderDraft(
          name,
          title(draft, name),
          draft.content().path("id").asString(""),
          created(draft, changed),
          draft.content().path("materials").path("videos").size()
              + draft.content().path("materials").path("audios").size(),
          bytes(folder),
          draft.durationMicros(),
          List.of());
    } catch (UnreadableDraftException e) {
      Note note = new Note("", "draft-unreadable", String.valueOf(e.getMessage()));
      return new FolderDraft(name, name, "", changed, 0, bytes(folder), 0, List.of(note));
    }
  }

  private static String title(DraftDocument draft, String name) {
    String told = draft.meta().map(meta -> meta.path("draft_name").asString("")).orElse("");
    return told.isBlank() ? name : told;
  }

  private static Instant created(DraftDocument draft, Instant otherwise) {
    @Nullable Long micros =
        draft.meta().map(meta -> meta.path("tm_draft_create").asLong(0)).orElse(null);
    // Sixteen digits: a time between 2001 and 2286 in microseconds.
    return micros != null && micros >= 1_000_000_000_000_000L && micros <= 9_999_999_999_999_999L
        ? Instant.EPOCH.plus(micros, ChronoUnit.MICROS)
        : otherwise;
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }
}
