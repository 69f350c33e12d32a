package dev.millrace.server.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a verified copy of the database, through the running server if there is one. */
@Command(name = "backup")
final class BackupCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Parameters(paramLabel = "FILE")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    throw new CommandException("backup comes with the next change");
  }
}
