package dev.millrace.server;

import dev.millrace.server.command.MillraceCommand;

/** The entry point of the process. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int status = MillraceCommand.run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }
}
