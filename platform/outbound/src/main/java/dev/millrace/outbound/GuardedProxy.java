package dev.millrace.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on loopback for programs that fetch on our behalf: whatever they ask for, also after
 * redirects, is looked up here, checked by the guard, and connected to at an address that passed.
 * Thread-safe; two virtual threads a connection.
 *
 * <p>Only who holds a {@link Ticket} is let through, so it is no open door for other users of the
 * machine; and the ticket learns what went wrong, which a program behind a proxy cannot tell.
 */
final class GuardedProxy implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final int MOST_CONNECTIONS = 4_096;

  private final ServerSocket listener;
  private final AddressGuard guard;
  private final TimeLimits times;
  private final SpeedLimit speed;
  private final String secret;
  private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);

  private GuardedProxy(
      ServerSocket listener, AddressGuard guard, TimeLimits times, SpeedLimit speed) {
    this.listener = listener;
    this.guard = guard;
    this.times = times;
    this.speed = speed;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    secret = HexFormat.of().formatHex(random);
  }

  static GuardedProxy open(AddressGuard guard, TimeLimits times, SpeedLimit speed) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
      var proxy = new GuardedProxy(listener, guard, times, speed);
      Thread.ofVirtual().name("outbound-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on a port of 127.0.0.1", e);
    }
  }

  /** Where it listens. */
  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Lets requests in under {@code name} until the ticket is closed. */
  Ticket admit(String name) {
    var ticket = new Ticket(this, name);
    tickets.put(name, ticket);
    return ticket;
  }

  /** Connections that are open. */
  int connections() {
    return MOST_CONNECTIONS - connections.availablePermits();
  }

  AddressGuard guard() {
    return guard;
  }

  TimeLimits times() {
    return times;
  }

  SpeedLimit speed() {
    return speed;
  }

  /** The ticket behind what a client sent as user and password. */
  Optional<Ticket> ticket(String user, String password) {
    return password.equals(secret) ? Optional.ofNullable(tickets.get(user)) : Optional.empty();
  }

  /** Remembers a socket, so that {@link #close} ends it. */
  Socket opened(Socket socket) {
    open.add(socket);
    return socket;
  }

  void closed(Socket socket) {
    open.remove(socket);
  }

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

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connections.acquire();
        Socket socket = opened(listener.accept());
        Thread.ofVirtual().name("outbound-proxy-connection").start(() -> serve(socket));
      } catch (SocketException closed) {
        return;
      } catch (IOException broken) {
        connections.release();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new ProxyConnection(this, socket).run();
    } catch (IOException gone) {
      // Whoever asked has left, or was told by the end of the connection.
    } finally {
      closed(socket);
      connections.release();
    }
  }

  /** The right to ask, and what came of it. Thread-safe. */
  static final class Ticket implements AutoCloseable {
    private final GuardedProxy proxy;
    private final String name;
    private volatile @Nullable OutboundException failure;

    private Ticket(GuardedProxy proxy, String name) {
      this.proxy = proxy;
      this.name = name;
    }

    String user() {
      return name;
    }

    String password() {
      return proxy.secret;
    }

    /** Why a request under this ticket was not answered by its server as it should be. */
    Optional<OutboundException> failure() {
      return Optional.ofNullable(failure);
    }

    void failed(OutboundException why) {
      failure = why;
    }

    /** A server answered, with a status that may be a failure. */
    void answered(WebUrl url, int status, @Nullable Duration retryAfter) {
      failure = status < 400 ? null : OutboundException.ofStatus(url, status, retryAfter);
    }

    @Override
    public void close() {
      proxy.tickets.remove(name, this);
    }
  }
}
