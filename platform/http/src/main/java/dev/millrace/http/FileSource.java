package dev.millrace.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Where static files come from. Names are relative, with slashes, and have no dot segments. */
interface FileSource {
  /** Changes when the content does; null if there is no such file. */
  @Nullable String version(String name) throws IOException;

  /** The content; null if there is no such file. */
  byte @Nullable [] read(String name) throws IOException;

  static FileSource folder(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return new FileSource() {
      private @Nullable Path find(String name) throws IOException {
        try {
          Path file = root.resolve(name).normalize();
          // A link out of the folder is not followed: toRealPath shows where it leads.
          boolean inside =
              file.startsWith(root)
                  && Files.isRegularFile(file)
                  && file.toRealPath().startsWith(root.toRealPath());
          return inside ? file : null;
        } catch (InvalidPathException | NoSuchFileException none) {
          return null;
        }
      }

      @Override
      public @Nullable String version(String name) throws IOException {
        Path file = find(name);
        if (file == null) {
          return null;
        }
        var about = Files.readAttributes(file, BasicFileAttributes.class);
        return about.size() + "-" + about.lastModifiedTime();
      }

      @Override
      public byte @Nullable [] read(String name) throws IOException {
        Path file = find(name);
        return file == null ? null : Files.readAllBytes(file);
      }
    };
  }

  static FileSource resources(ClassLoader loader, String prefix) {
    return new FileSource() {
      @Override
      public @Nullable String version(String name) {
        // A name without an extension may be a folder, whose listing would be read as a file.
        boolean found = name.lastIndexOf('.') > 0 && loader.getResource(prefix + name) != null;
        return found ? "packed" : null;
      }

      @Override
      public byte @Nullable [] read(String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(prefix + name)) {
          return in == null ? null : in.readAllBytes();
        }
      }
    };
  }
}
