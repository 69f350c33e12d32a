package dev.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, which each process otherwise unpacks from its jar into a temporary file.
 */
public final class SqliteLibrary {
  /** The system property that names a folder with the library, to be used as it lies there. */
  public static final String PLACE = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * Unpacks the library of this platform into {@code folder}, which is made if it is missing, for
   * processes that name it in {@link #PLACE}. Does nothing where the jar has none for the platform.
   *
   * @throws IOException if the file cannot be written
   */
  public static void unpack(Path folder) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(packed)) {
      if (in != null) {
        Files.createDirectories(folder);
        Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
