package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

class SqliteLibraryTest {
  @TempDir Path folder;

  public static final class Opens {
    private Opens() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(SQLiteJDBCLoader.initialize());
    }
  }

  @Test
  void isUsedFromWhereItWasUnpacked() throws Exception {
    Path place = folder.resolve("native");
    SqliteLibrary.unpack(place);
    try (Stream<Path> unpacked = Files.list(place)) {
      assertThat(unpacked).hasSize(1);
    }
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-D" + SqliteLibrary.PLACE + "=" + place,
                // A process that unpacked it for itself would fail here.
                "-Dorg.sqlite.tmpdir=" + temporary.resolve("none"),
                "-cp",
                System.getProperty("java.class.path"),
                Opens.class.getName())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(process.getInputStream().readAllBytes()).strip()).endsWith("true");
  }
}
