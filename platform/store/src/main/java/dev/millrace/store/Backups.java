package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Makes backups of an open database and puts them in the place of a closed one. */
final class Backups {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private Backups() {}

  /**
   * Writes a backup on a connection of its own, so that neither writes nor reads wait. It appears
   * under its name only when it is whole, verified and on the disk.
   */
  static BackupReport make(Connections connections, Path target, LongSupplier ticker) {
    long from = ticker.getAsLong();
    requireFree(target);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      try (Session session = connections.reader()) {
        session.copyInto(part);
      }
      Durable.sync(part);
      BackupFile.Content content = new BackupFile(part).verify();
      long bytes = Files.size(part);
      Durable.publish(part, target);
      return new BackupReport(
          target,
          bytes,
          content.position(),
          content.rows(),
          Duration.ofNanos(ticker.getAsLong() - from));
    } catch (SQLException failure) {
      throw Errors.of(failure, "writing the backup " + target);
    } catch (FileAlreadyExistsException taken) {
      throw exists(target);
    } catch (IOException failure) {
      throw failed("the backup " + target + " could not be written", failure);
    } finally {
      deleteQuietly(part);
    }
  }

  /** Puts a verified copy of {@code backup} in the place of {@code file}, which nobody may own. */
  static RestoreReport restore(Path backup, Path file, Instant now) {
    try (Ownership _ = Ownership.claim(file)) {
      new BackupFile(backup).verify();
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        Files.copy(backup, part, StandardCopyOption.REPLACE_EXISTING);
        BackupFile copy = new BackupFile(part);
        copy.verify();
        Position position = copy.restartHistory();
        Durable.sync(part);
        List<Path> aside = setAside(file, now);
        Durable.publish(part, file);
        return new RestoreReport(file, position, aside);
      } finally {
        deleteQuietly(part);
      }
    } catch (IOException failure) {
      throw failed("the backup " + backup + " could not be restored to " + file, failure);
    }
  }

  /** Renames the database with its log, which belongs to it. */
  private static List<Path> setAside(Path file, Instant now) throws IOException {
    var moved = new ArrayList<Path>();
    String stem = file.getFileName() + ".before-" + STAMP.format(now);
    Path name = file.resolveSibling(stem);
    for (int again = 2; Files.exists(name); again++) {
      name = file.resolveSibling(stem + "-" + again);
    }
    for (Path present : new StoreFiles(file).all()) {
      if (Files.exists(present)) {
        String suffix = present.toString().substring(file.toString().length());
        Path to = name.resolveSibling(name.getFileName() + suffix);
        moved.add(Files.move(present, to));
      }
    }
    return moved;
  }

  private static void requireFree(Path target) {
    if (Files.exists(target)) {
      throw exists(target);
    }
  }

  private static StoreException exists(Path target) {
    return new StoreException(
        Reason.IO, target + " exists already; name another file, or remove this one first");
  }

  private static StoreException failed(String what, IOException failure) {
    return new StoreException(
        Reason.IO, what + " (" + failure + "); check that folder and its disk", failure);
  }

  private static void deleteQuietly(Path part) {
    try {
      for (Path file : new StoreFiles(part).all()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException ignored) {
      // What failed before is told; a left-over part is replaced the next time.
    }
  }
}
