package dev.millrace.server.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a backup in place of the database and keeps the old one beside it. */
@Command(name = "restore")
final class RestoreCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Parameters(paramLabel = "FILE")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    throw new CommandException("restore comes with the next change");
  }
}
