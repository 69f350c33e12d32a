package dev.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A web server on a free loopback port that serves what it is given and misbehaves as its {@link
 * Reply} says. It counts requests and bytes a path. Thread-safe; a virtual thread a connection.
 *
 * <p>Speaks just enough HTTP/1.1 over bare sockets: a proper server library would not let us lie.
 */
public final class WebServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerSocket listener;
  private final String scheme;
  private final Map<String, PathScript> scripts = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();

  private WebServer(ServerSocket listener, String scheme) {
    this.listener = listener;
    this.scheme = scheme;
  }

  /** Starts on a free port of 127.0.0.1. */
  public static WebServer start() {
    return start(null);
  }

  /** Starts with TLS under {@code identity}. */
  public static WebServer startTls(TlsIdentity identity) {
    return start(identity);
  }

  private static WebServer start(@Nullable TlsIdentity identity) {
    try {
      ServerSocket listener =
          identity == null
              ? new ServerSocket()
              : identity.context().getServerSocketFactory().createServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
      var server = new WebServer(listener, identity == null ? "http" : "https");
      Thread.ofVirtual().name("web-server").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("could not listen on a loopback port", e);
    }
  }

  /**
   * Answers {@code path} with {@code replies} in turn; the last one stays. Replaces what was there
   * and keeps the counts. A path that nothing is served on answers 404.
   */
  public WebServer serve(String path, Reply... replies) {
    if (!path.startsWith("/") || replies.length == 0) {
      throw new IllegalArgumentException("serve needs a path with a slash and a reply: " + path);
    }
    script(path).replace(List.of(replies));
    return this;
  }

  /** Answers {@code path} with {@code status} {@code times} times, then with {@code reply}. */
  public WebServer serveAfterFailures(String path, int times, int status, Reply reply) {
    var replies = new Reply[times + 1];
    for (int i = 0; i < times; i++) {
      replies[i] = Reply.status(status);
    }
    replies[times] = reply;
    return serve(path, replies);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Where {@code path} is served, by address. */
  public URI url(String path) {
    return url("127.0.0.1", path);
  }

  /** Where {@code path} is served, under a name that the test's own resolver knows. */
  public URI url(String host, String path) {
    return URI.create(scheme + "://" + host + ":" + port() + path);
  }

  /** Requests for {@code path} so far. */
  public int requests(String path) {
    return script(path).log.size();
  }

  /** Requests for any path so far. */
  public long requests() {
    return requests.get();
  }

  /** Bytes of bodies written for {@code path} so far. */
  public long bytesSent(String path) {
    return script(path).bytes.get();
  }

  /** The requests for {@code path}, oldest first. */
  public List<ServedRequest> log(String path) {
    return List.copyOf(script(path).log);
  }

  /** The most requests that were being answered at one time. */
  public int peakConcurrency() {
    return peak.get();
  }

  /** Connections accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Returns when {@code path} was asked for at least {@code count} times. */
  public void awaitRequests(String path, int count) throws InterruptedException {
    Signal.awaitUntil(count + " requests for " + path, () -> requests(path) >= count);
  }

  /** Returns when at least {@code count} bytes of bodies were written for {@code path}. */
  public void awaitBytes(String path, long count) throws InterruptedException {
    Signal.awaitUntil(count + " bytes of " + path, () -> bytesSent(path) >= count);
  }

  /** Cuts every connection and stops listening. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PathScript script(String path) {
    return scripts.computeIfAbsent(path, _ -> new PathScript());
  }

  void entered() {
    requests.incrementAndGet();
    peak.accumulateAndGet(active.incrementAndGet(), Math::max);
  }

  void left() {
    active.decrementAndGet();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().name("web-server-connection").start(() -> talk(socket));
      } catch (SocketException closed) {
        return;
      } catch (IOException handshake) {
        // One client's bad handshake is no reason to stop listening.
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      new WebConnection(this, socket).run();
    } catch (IOException gone) {
      // The client left, or close() cut the line; the counts say what was sent.
    } finally {
      open.remove(socket);
    }
  }

  /** What happens on one path, and what happened. */
  static final class PathScript {
    final List<ServedRequest> log = new CopyOnWriteArrayList<>();
    final AtomicLong bytes = new AtomicLong();
    private List<Reply> replies = List.of();
    private int next;

    synchronized void replace(List<Reply> given) {
      replies = given;
      next = 0;
    }

    synchronized @Nullable Reply take() {
      if (replies.isEmpty()) {
        return null;
      }
      Reply reply = replies.get(Math.min(next, replies.size() - 1));
      next++;
      return reply;
    }
  }
}
