package dev.millrace.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * How the program aria2 is used.
 *
 * @param program its path or name; started by us on a free port of loopback, with a secret of its
 *     own and a folder of its own
 * @param url of the JSON-RPC of one that runs already, such as {@code
 *     http://127.0.0.1:6800/jsonrpc}; blank to start one. It must run on this machine, as a user
 *     who may write our folder: it goes through our proxy and leaves its files with us
 * @param secret of that one, its {@code rpc-secret}
 * @param connections a file, at most, 1 to 16
 * @param leastPiece bytes a connection must at least have to do, 1 MiB to 1 GiB
 * @param startLimit how long it may take until it answers
 * @param pollEvery between two looks at what is under way
 * @param healthEvery between two looks while nothing is under way
 */
public record Aria2Config(
    String program,
    String url,
    String secret,
    int connections,
    long leastPiece,
    Duration startLimit,
    Duration pollEvery,
    Duration healthEvery) {
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  public Aria2Config {
    url = url.strip();
    program = program.strip();
    if (url.isEmpty() && program.isEmpty()) {
      throw new IllegalArgumentException(
          "program must be the path of aria2c, or url the address of one that runs");
    }
    if (!url.isEmpty() && !isHere(url)) {
      throw new IllegalArgumentException(
          "url must be http on this machine, such as http://127.0.0.1:6800/jsonrpc, not '"
              + url
              + "': aria2 writes its files into our folder");
    }
    if (connections < 1 || connections > 16) {
      throw new IllegalArgumentException(
          "connections must be between 1 and 16, not " + connections);
    }
    if (leastPiece < 1 << 20 || leastPiece > 1 << 30) {
      throw new IllegalArgumentException(
          "leastPiece must be between 1 MiB and 1 GiB, not " + leastPiece);
    }
    TimeLimits.requirePositive("startLimit", startLimit);
    TimeLimits.requirePositive("pollEvery", pollEvery);
    TimeLimits.requirePositive("healthEvery", healthEvery);
  }

  /**
   * The program {@code aria2c} of the path: 16 connections a file of at least 1 MiB each, 15 s to
   * start, a look every 200 ms, and every 30 s while idle.
   */
  public static Aria2Config defaults() {
    return new Aria2Config(
        "aria2c",
        "",
        "",
        16,
        1 << 20,
        Duration.ofSeconds(15),
        Duration.ofMillis(200),
        Duration.ofSeconds(30));
  }

  public Aria2Config withProgram(String path) {
    return new Aria2Config(
        path, url, secret, connections, leastPiece, startLimit, pollEvery, healthEvery);
  }

  /** One that runs already. */
  public Aria2Config withExisting(String rpcUrl, String rpcSecret) {
    return new Aria2Config(
        program, rpcUrl, rpcSecret, connections, leastPiece, startLimit, pollEvery, healthEvery);
  }

  public Aria2Config withConnections(int most, long bytes) {
    return new Aria2Config(program, url, secret, most, bytes, startLimit, pollEvery, healthEvery);
  }

  public Aria2Config withTimes(Duration start, Duration poll, Duration health) {
    return new Aria2Config(program, url, secret, connections, leastPiece, start, poll, health);
  }

  /** Whether it is ours to start and to end. */
  boolean isOurs() {
    return url.isEmpty();
  }

  private static boolean isHere(String url) {
    try {
      URI uri = URI.create(url);
      return "http".equals(uri.getScheme()) && HERE.contains(String.valueOf(uri.getHost()));
    } catch (IllegalArgumentException noUrl) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Aria2Config[" + (isOurs() ? program : url) + "]";
  }
}
