package dev.millrace.tasks.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the store of a test lies.
 *
 * @param path the folder
 * @param temporary whether it is deleted in the end
 */
record TestFolder(Path path, boolean temporary) {
  static TestFolder of(@Nullable Path asked) {
    try {
      return asked == null
          ? new TestFolder(Files.createTempDirectory("millrace-tasks-"), true)
          : new TestFolder(Files.createDirectories(asked), false);
    } catch (IOException failure) {
      throw new UncheckedIOException("the folder of a test could not be made", failure);
    }
  }

  void discard() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the folder " + path + " could not be deleted", failure);
    }
  }
}
