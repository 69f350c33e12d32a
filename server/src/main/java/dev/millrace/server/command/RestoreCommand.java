package dev.millrace.server.command;

import dev.millrace.server.StoreFile;
import dev.millrace.store.RestoreReport;
import dev.millrace.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a backup in place of the database and keeps the old one beside it. */
@Command(name = "restore")
final class RestoreCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(options.data);
    try (NativeFolder _ = NativeFolder.in(options.data)) {
      RestoreReport report = Store.restore(file, StoreFile.in(options.data), Instant.now());
      System.out.println(
          report.file() + ": restored, a new history begins at position " + report.position());
      report.setAside().forEach(old -> System.out.println("kept what was there before: " + old));
    }
    return 0;
  }
}
