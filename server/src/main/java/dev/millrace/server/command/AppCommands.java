package dev.millrace.server.command;

import dev.millrace.app.App;
import dev.millrace.app.AppCommand;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Runs the commands of the applications that come with the server. */
final class AppCommands {
  private AppCommands() {}

  /**
   * Runs {@code APPLICATION COMMAND …}.
   *
   * @return its status; nothing if no application with commands has this name
   */
  static OptionalInt run(String[] arguments, PrintStream out, PrintStream error) {
    Optional<App> app =
        ServiceLoader.load(App.class, AppCommands.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(arguments[0]) && !each.commands().isEmpty())
            .findFirst();
    return app.map(found -> OptionalInt.of(run(found, arguments, out, error)))
        .orElse(OptionalInt.empty());
  }

  private static int run(App app, String[] arguments, PrintStream out, PrintStream error) {
    List<String> words = Arrays.asList(arguments);
    for (AppCommand command : app.commands()) {
      if (words.size() > 1 && words.get(1).equals(command.name())) {
        return run(app, command, words.subList(2, words.size()), out, error);
      }
    }
    error.println(
        "millrace: say what to do with "
            + app.name()
            + ": "
            + app.commands().stream().map(AppCommand::usage).collect(Collectors.joining("; ")));
    return AppCommand.USAGE;
  }

  private static int run(
      App app, AppCommand command, List<String> words, PrintStream out, PrintStream error) {
    try {
      int status = command.run(words, out, error);
      if (status == AppCommand.USAGE) {
        error.println("Usage: ./millrace " + app.name() + " " + command.usage());
      }
      return status;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      error.println("millrace: stopped");
    } catch (Exception failure) {
      error.println("millrace: " + failure.getMessage());
    }
    return AppCommand.FAILED;
  }
}
