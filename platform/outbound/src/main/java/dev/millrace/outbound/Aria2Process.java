package dev.millrace.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An aria2 that we started, or one that was running before us. Confined to one thread but for
 * {@link #isAlive}.
 *
 * <p>Ours listens on a free port of loopback under a random secret. Both stand in a file that only
 * we may read, not on its command line, which all users of the machine may see. It ends with our
 * process, however that ends.
 */
final class Aria2Process implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Aria2Process.class);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final long LOOK_MILLIS = 25;

  private final @Nullable Process process;
  private final Aria2Rpc rpc;

  private Aria2Process(@Nullable Process process, Aria2Rpc rpc) {
    this.process = process;
    this.rpc = rpc;
  }

  /**
   * Returns when it answers.
   *
   * @param folder for its configuration and its log
   * @throws IOException if it does not, with what to do
   */
  static Aria2Process open(Aria2Config config, Path folder)
      throws IOException, InterruptedException {
    Aria2Process opened =
        config.isOurs()
            ? start(config, folder)
            : new Aria2Process(null, new Aria2Rpc(URI.create(config.url()), config.secret()));
    boolean ready = false;
    try {
      opened.awaitAnswer(config, folder);
      ready = true;
      return opened;
    } finally {
      if (!ready) {
        opened.close();
      }
    }
  }

  Aria2Rpc rpc() {
    return rpc;
  }

  /** Whether it may still answer. */
  boolean isAlive() {
    return process == null || process.isAlive();
  }

  private static Aria2Process start(Aria2Config config, Path folder) throws IOException {
    endStale(folder);
    int port = freePort();
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    Path conf = folder.resolve("aria2.conf");
    Files.deleteIfExists(conf);
    createPrivate(conf);
    Files.writeString(conf, configuration(port, secret));
    var builder = new ProcessBuilder(config.program(), "--conf-path=" + conf);
    // Its own environment could name proxies, or hosts that go past them.
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR", "LANG", "SYSTEMROOT"));
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("aria2.log").toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          "the program '"
              + config.program()
              + "' cannot be started: install aria2 (Debian: apt-get install aria2), or give the"
              + " path of aria2c",
          e);
    }
    Files.writeString(folder.resolve("aria2.pid"), mark(process.toHandle()));
    log.info("aria2 runs as process {} on 127.0.0.1:{}", process.pid(), port);
    return new Aria2Process(
        process, new Aria2Rpc(URI.create("http://127.0.0.1:" + port + "/jsonrpc"), secret));
  }

  private static String configuration(int port, String secret) {
    return String.join(
        "\n",
        "enable-rpc=true",
        "rpc-listen-all=false",
        "rpc-listen-port=" + port,
        "rpc-secret=" + secret,
        "rpc-max-request-size=16M",
        "stop-with-process=" + ProcessHandle.current().pid(),
        "max-concurrent-downloads=" + DownloadLimits.MOST_FILES,
        "max-download-result=" + DownloadLimits.MOST_FILES,
        "auto-save-interval=1",
        "disk-cache=64M",
        "enable-dht=false",
        "enable-dht6=false",
        "bt-enable-lpd=false",
        "enable-peer-exchange=false",
        "follow-torrent=false",
        "follow-metalink=false",
        "no-netrc=true",
        "no-conf=false",
        "console-log-level=warn",
        "show-console-readout=false",
        "summary-interval=0",
        "");
  }

  private void awaitAnswer(Aria2Config config, Path folder)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + config.startLimit().toNanos();
    while (true) {
      try {
        switch (rpc.call(new Aria2Rpc.Call("aria2.getVersion", List.of()))) {
          case Aria2Rpc.Answer.Value _ -> {
            return;
          }
          case Aria2Rpc.Answer.Refused(int _, String message) ->
              throw new Aria2RefusesException(
                  "aria2 refuses us: " + message + "; check its rpc-secret in the configuration");
        }
      } catch (Aria2RefusesException e) {
        throw e;
      } catch (IOException e) {
        if (!isAlive()) {
          throw new IOException("aria2 ended at once: " + tail(folder), e);
        }
        if (System.nanoTime() - until > 0) {
          throw new IOException(
              "aria2 does not answer within "
                  + config.startLimit().toMillis()
                  + " ms: "
                  + e.getMessage(),
              e);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  private static String tail(Path folder) throws IOException {
    Path file = folder.resolve("aria2.log");
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.isEmpty()
        ? "it said nothing"
        : text.substring(Math.max(0, text.length() - 300)).replace('\n', ' ');
  }

  /** An aria2 of a process of ours that was killed ends by itself, but perhaps not yet. */
  private static void endStale(Path folder) throws IOException {
    Path file = folder.resolve("aria2.pid");
    if (!Files.exists(file)) {
      return;
    }
    String mark = Files.readString(file);
    try {
      long pid = Long.parseLong(mark.substring(0, Math.max(0, mark.indexOf(' '))));
      ProcessHandle.of(pid)
          .filter(handle -> mark(handle).equals(mark))
          .ifPresent(handle -> {
            if (handle.destroyForcibly()) {
              handle.onExit().orTimeout(GRACE.toSeconds(), TimeUnit.SECONDS).join();
            }
          });
    } catch (RuntimeException unreadable) {
      log.warn("cannot tell whether an aria2 of an earlier process runs: {}", file, unreadable);
    }
    Files.deleteIfExists(file);
  }

  /** A process id alone may belong to somebody else by now. */
  private static String mark(ProcessHandle handle) {
    Instant start = handle.info().startInstant().orElse(Instant.EPOCH);
    return handle.pid() + " " + start;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      return socket.getLocalPort();
    }
  }

  private static void createPrivate(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException notPosix) {
      Files.createFile(file);
    }
  }

  /** Ends ours, which saves how far its files are; another's goes on. */
  @Override
  public void close() {
    if (process != null) {
      // SIGTERM: it saves its control files and ends.
      process.destroy();
      try {
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    rpc.close();
  }

  /** It runs and answers, but not to us: trying again is of no use. */
  static final class Aria2RefusesException extends IOException {
    private static final long serialVersionUID = 1L;

    Aria2RefusesException(String message) {
      super(message);
    }
  }
}
