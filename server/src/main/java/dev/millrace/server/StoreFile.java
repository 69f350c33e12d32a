package dev.millrace.server;

import java.nio.file.Path;

/** Where the database of a data folder is. */
public final class StoreFile {
  private StoreFile() {}

  /** The database's file. */
  public static Path in(Path data) {
    return data.toAbsolutePath().normalize().resolve("millrace.db");
  }
}
