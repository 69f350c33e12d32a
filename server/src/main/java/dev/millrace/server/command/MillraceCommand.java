package dev.millrace.server.command;

import dev.millrace.app.SettingException;
import dev.millrace.store.StoreException;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** All commands. A refusal is one clear message on standard error and a status other than 0. */
@Command(name = "millrace")
public final class MillraceCommand {
  private static final Map<String, Class<?>> COMMANDS =
      Map.of(
          "up", UpCommand.class,
          "config", ConfigCommand.class,
          "backup", BackupCommand.class,
          "restore", RestoreCommand.class,
          "doctor", DoctorCommand.class,
          "tasks", TasksCommand.class,
          "train", TrainCommand.class);

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
    if (arguments.length > 0 && !COMMANDS.containsKey(arguments[0])) {
      OptionalInt status = AppCommands.run(arguments, System.out, System.err);
      if (status.isPresent()) {
        return status.getAsInt();
      }
    }
    CommandLine line = new CommandLine(new MillraceCommand());
    // Setting all of them up takes a tenth of a second, which the server's start would pay.
    Class<?> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (named != null) {
      line.addSubcommand(named);
    } else {
      COMMANDS.values().forEach(line::addSubcommand);
    }
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
