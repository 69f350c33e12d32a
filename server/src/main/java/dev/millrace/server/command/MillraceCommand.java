package dev.millrace.server.command;

import dev.millrace.app.SettingException;
import dev.millrace.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** All commands. A refusal is one clear message on standard error and a status other than 0. */
@Command(
    name = "millrace",
    subcommands = {
      UpCommand.class,
      ConfigCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      TasksCommand.class,
      TrainCommand.class
    })
public final class MillraceCommand {
  /** Refused: the command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** Tried and failed. */
  static final int FAILED = 1;

  /**
   * Runs the command that {@code arguments} name.
   *
   * @return the exit status of the process
   */
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new MillraceCommand());
    // 'tasks submit TYPE @FILE' names a file of input, not of options.
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(MillraceCommand::refuse);
    line.setExecutionExceptionHandler((failure, _, _) -> explain(failure));
    return line.execute(arguments);
  }

  private static int refuse(ParameterException wrong, String[] arguments) {
    System.err.println("millrace: " + wrong.getMessage());
    System.err.println("'./millrace help' lists the commands and their options.");
    return USAGE;
  }

  private static int explain(Exception failure) throws Exception {
    return switch (failure) {
      case SettingException wrong -> say(String.valueOf(wrong.getMessage()), USAGE);
      case StoreException refused -> say(String.valueOf(refused.getMessage()), FAILED);
      case CommandException failed -> say(String.valueOf(failed.getMessage()), FAILED);
      default -> throw failure;
    };
  }

  private static int say(String message, int status) {
    message.lines().forEach(line -> System.err.println("millrace: " + line));
    return status;
  }
}
