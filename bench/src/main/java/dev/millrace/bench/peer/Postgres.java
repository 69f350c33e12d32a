package dev.millrace.bench.peer;

import dev.millrace.bench.Progress;
import dev.millrace.bench.Workplace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of our own: a private port on loopback, a data folder that is removed with
 * it, {@code fsync} and {@code synchronous_commit} on. Uses the newest version that Debian's
 * packages put on the machine.
 */
public final class Postgres implements AutoCloseable {
  static final String USER = "bench";

  private final Process process;
  private final Path folder;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();

  private Postgres(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server, or says on stderr why there is none. */
  public static Optional<Postgres> start() throws InterruptedException {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      Progress.say("No PostgreSQL here: install the package postgresql to measure the peers on it");
      return Optional.empty();
    }
    try {
      return Optional.of(start(programs.get()));
    } catch (IOException | SQLException e) {
      Progress.failed("PostgreSQL", e);
      return Optional.empty();
    }
  }

  private static Optional<Path> programs() {
    Path base = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(base)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(base)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(java.util.Comparator.comparing(Path::toString));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Postgres start(Path programs)
      throws IOException, SQLException, InterruptedException {
    // Not in the build folder: the server's own user must be able to reach it.
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "millrace-bench-pg-");
    List<String> as = otherUser();
    if (!as.isEmpty()) {
      run(List.of("chown", "postgres", folder.toString()), folder);
    }
    Path data = folder.resolve("data");
    run(
        command(
            as,
            programs.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8"),
        folder);
    int port = freePort();
    Process process =
        new ProcessBuilder(
                command(
                    as,
                    programs.resolve("postgres").toString(),
                    "-D" + data,
                    "-p" + port,
                    "-k" + folder,
                    "-clisten_addresses=127.0.0.1",
                    "-cfsync=on",
                    "-csynchronous_commit=on",
                    "-cshared_buffers=256MB",
                    "-cmax_connections=200",
                    "-clog_min_messages=fatal"))
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Postgres server = new Postgres(process, folder, port);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    server.awaitReady();
    return server;
  }

  /** PostgreSQL refuses to run as root; then Debian's user for it is taken. */
  private static List<String> otherUser() {
    return "root".equals(System.getProperty("user.name"))
        ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        : List.of();
  }

  private static List<String> command(List<String> as, String... words) {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of(words));
    return command;
  }

  private static void run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try (Connection _ = connect()) {
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
        // It answers a connection by accepting it and by nothing else, so this is a poll.
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url("postgres"), USER, "");
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Returns the JDBC address of a new, empty database. */
  String createDatabase() throws SQLException {
    String name = "run" + databases.incrementAndGet();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return url(name);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    Workplace.delete(folder);
  }
}
