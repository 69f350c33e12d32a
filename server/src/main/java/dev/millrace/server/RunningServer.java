package dev.millrace.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Where the server of a data folder answers: written when it listens and removed when it stops, so
 * that other commands find it. Left behind by a killed server, which {@link #find} notices.
 *
 * @param url such as {@code http://127.0.0.1:8080}
 * @param pid the server's process
 */
public record RunningServer(URI url, long pid) {
  private static final String FILE = "server.address";

  /** The server that runs on {@code data}, if one does. */
  public static Optional<RunningServer> find(Path data) {
    Path file = data.resolve(FILE);
    try {
      List<String> lines = Files.readAllLines(file);
      RunningServer server =
          new RunningServer(URI.create(lines.get(0)), Long.parseLong(lines.get(1)));
      return Optional.of(server).filter(s -> ProcessHandle.of(s.pid).isPresent());
    } catch (IOException | RuntimeException noServer) {
      return Optional.empty();
    }
  }

  void announce(Path data) throws IOException {
    Path fresh = data.resolve(FILE + ".new");
    Files.writeString(fresh, url + "\n" + pid + "\n");
    Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static void withdraw(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }
}
