package dev.millrace.app;

import dev.millrace.store.Migrations;
import java.util.List;

/**
 * An application on the platform: its tables, task types, endpoints and entry in the console.
 *
 * <p>Found by {@link java.util.ServiceLoader}: on the class path of the server, and in the jars of
 * the folder {@code apps} in the data folder. One instance serves the process; {@link #open} is
 * called once.
 */
public interface App {
  /**
   * The application's name: lower-case letters, digits and dashes. Its tables begin with it, its
   * endpoints lie below {@code /api/v1/<name>}, its configuration below {@code <name>.}.
   */
  String name();

  /** The record of its configuration, with a {@link Setting} on each component. */
  Class<? extends Record> settings();

  /** Its tables; empty if it has none. Run before {@link #open}. */
  List<Migrations> migrations();

  /** Its commands on the command line, which run without {@link #open}; none by default. */
  default List<AppCommand> commands() {
    return List.of();
  }

  /**
   * Puts the application together. Tasks do not run yet and no request comes before this returns.
   *
   * @throws Exception to refuse the start of the whole process; the message says what to mend
   */
  AppParts open(Platform platform) throws Exception;
}
