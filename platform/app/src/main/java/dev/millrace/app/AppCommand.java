package dev.millrace.app;

import java.io.PrintStream;
import java.util.List;

/**
 * A command that an application adds to the command line: {@code ./millrace APPLICATION NAME …}. It
 * runs in a process of its own, without a server and without the data folder.
 */
public interface AppCommand {
  /** It did what it was asked to, and all is well. */
  int OK = 0;

  /** It looked, and found what is wrong, or could not do its work. */
  int FAILED = 1;

  /** The command line is wrong. */
  int USAGE = 2;

  /** Its name: lower-case letters, digits and dashes. */
  String name();

  /** How it is called, in one line without the application, such as {@code check FOLDER}. */
  String usage();

  /**
   * Runs it.
   *
   * @param arguments what follows its name
   * @param out for the answer
   * @param error for what is wrong
   * @return the exit status of the process
   */
  int run(List<String> arguments, PrintStream out, PrintStream error) throws Exception;
}
