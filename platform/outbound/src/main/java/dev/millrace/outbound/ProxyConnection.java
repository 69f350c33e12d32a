package dev.millrace.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request through the proxy (RFC 9110, 7.6 and 9.3.6): a tunnel for https, and a GET or HEAD
 * that is passed on for http. Every connection ends with its request, so none is ever used for
 * another host. Confined to its thread.
 */
final class ProxyConnection {
  private static final int BUFFER = 64 * 1024;

  /** Smaller pieces under a speed limit, so that many connections share it evenly. */
  private static final int SMALL = 8 * 1024;

  private static final Set<String> HOP =
      Set.of(
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "upgrade",
          "host",
          "content-length",
          "transfer-encoding",
          "proxy-authorization",
          "proxy-connection",
          "proxy-authenticate");

  private final GuardedProxy proxy;
  private final Socket client;
  private final InputStream asked;

  ProxyConnection(GuardedProxy proxy, Socket client) throws IOException {
    this.proxy = proxy;
    this.client = client;
    asked = new BufferedInputStream(client.getInputStream(), SMALL);
  }

  void run() throws IOException {
    client.setSoTimeout((int) proxy.times().head().toMillis());
    HttpHead head = HttpHead.read(asked);
    if (head == null) {
      return;
    }
    String[] words = head.first().split(" ", -1);
    if (words.length != 3) {
      refuse("400 Bad Request", "this is no request");
      return;
    }
    Optional<GuardedProxy.Ticket> ticket = ticket(head);
    if (ticket.isEmpty()) {
      answer(
          "407 Proxy Authentication Required",
          "Proxy-Authenticate: Basic realm=\"millrace\"\r\n",
          "this proxy is for downloads of the server alone");
      return;
    }
    switch (words[0]) {
      case "CONNECT" -> tunnel(words[1], ticket.get());
      case "GET", "HEAD" -> pass(words[0], words[1], head, ticket.get());
      default -> refuse("405 Method Not Allowed", "only GET, HEAD and CONNECT pass here");
    }
  }

  private Optional<GuardedProxy.Ticket> ticket(HttpHead head) {
    String value = head.header("Proxy-Authorization").orElse("");
    if (!value.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(value.substring(6).strip());
      String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2 ? proxy.ticket(parts[0], parts[1]) : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private void tunnel(String target, GuardedProxy.Ticket ticket) throws IOException {
    WebUrl url;
    try {
      url = WebUrl.parse("https://" + target);
    } catch (OutboundException e) {
      ticket.failed(e);
      refuse("400 Bad Request", e.detail());
      return;
    }
    try (Socket server = connect(url, ticket)) {
      if (server == null) {
        return;
      }
      write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.setSoTimeout(0);
      server.setSoTimeout((int) proxy.times().stall().plusSeconds(5).toMillis());
      Thread up = Thread.ofVirtual().name("outbound-proxy-up").start(() -> upload(server));
      try {
        copy(server.getInputStream(), client.getOutputStream(), Long.MAX_VALUE);
      } finally {
        client.close();
        up.interrupt();
        proxy.closed(server);
      }
    }
  }

  /** The other way, until either side ends. */
  private void upload(Socket server) {
    try {
      asked.transferTo(server.getOutputStream());
      server.shutdownOutput();
    } catch (IOException ended) {
      close(server);
    }
  }

  private void pass(String method, String target, HttpHead head, GuardedProxy.Ticket ticket)
      throws IOException {
    WebUrl url;
    try {
      url = WebUrl.parse(target);
      if (url.isSecure()) {
        throw new OutboundException(
            FailureReason.PROTOCOL, url.shown() + " must be asked for through a tunnel");
      }
    } catch (OutboundException e) {
      ticket.failed(e);
      refuse("400 Bad Request", e.detail());
      return;
    }
    try (Socket server = connect(url, ticket)) {
      if (server == null) {
        return;
      }
      try {
        send(server, method, url, head);
        receive(server, method, url, ticket);
      } finally {
        proxy.closed(server);
      }
    }
  }

  private static void send(Socket server, String method, WebUrl url, HttpHead head)
      throws IOException {
    var out = new StringBuilder(method + " " + url.path() + " HTTP/1.1\r\n");
    String origin = url.origin();
    out.append("Host: ").append(origin.substring(origin.indexOf("://") + 3)).append("\r\n");
    for (String[] header : head.headers()) {
      if (!HOP.contains(header[0].toLowerCase(Locale.ROOT))) {
        out.append(header[0]).append(": ").append(header[1]).append("\r\n");
      }
    }
    out.append("Connection: close\r\n\r\n");
    server.getOutputStream().write(out.toString().getBytes(StandardCharsets.ISO_8859_1));
    server.getOutputStream().flush();
  }

  private void receive(Socket server, String method, WebUrl url, GuardedProxy.Ticket ticket)
      throws IOException {
    server.setSoTimeout((int) proxy.times().head().toMillis());
    InputStream in = new BufferedInputStream(server.getInputStream(), BUFFER);
    HttpHead head;
    int status;
    try {
      do {
        head = HttpHead.read(in);
        if (head == null) {
          throw new IOException("it closed the connection without an answer");
        }
        status = head.status();
      } while (status / 100 == 1);
    } catch (IOException e) {
      failed(url, ticket, e);
      return;
    }
    ticket.answered(url, status, retryAfter(head));
    server.setSoTimeout((int) proxy.times().stall().plusSeconds(5).toMillis());
    var out = new StringBuilder(head.first()).append("\r\n");
    for (String[] header : head.headers()) {
      String name = header[0].toLowerCase(Locale.ROOT);
      if (!name.equals("connection") && !name.equals("keep-alive")) {
        out.append(header[0]).append(": ").append(header[1]).append("\r\n");
      }
    }
    write(out.append("Connection: close\r\n\r\n").toString());
    boolean bare = method.equals("HEAD") || status == 204 || status == 304;
    copy(in, client.getOutputStream(), bare ? 0 : length(head));
  }

  private static long length(HttpHead head) {
    if (head.header("Transfer-Encoding").isPresent()) {
      return Long.MAX_VALUE;
    }
    try {
      return head.header("Content-Length").map(Long::parseLong).orElse(Long.MAX_VALUE);
    } catch (NumberFormatException unreadable) {
      return Long.MAX_VALUE;
    }
  }

  private static @Nullable Duration retryAfter(HttpHead head) {
    String value = head.header("Retry-After").orElse("");
    return value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
  }

  /** Null if there is no connection; the client and the ticket know why then. */
  private @Nullable Socket connect(WebUrl url, GuardedProxy.Ticket ticket) throws IOException {
    IOException last = null;
    try {
      List<InetAddress> addresses = proxy.guard().resolve(url.host());
      int tried = Math.min(addresses.size(), PinnedHttp.MAX_ADDRESSES);
      for (InetAddress address : addresses.subList(0, tried)) {
        Socket server = proxy.opened(new Socket());
        try {
          server.connect(
              new InetSocketAddress(address, url.port()), (int) proxy.times().connect().toMillis());
          return server;
        } catch (IOException e) {
          close(server);
          proxy.closed(server);
          last = e;
        }
      }
    } catch (IOException e) {
      last = e;
    }
    failed(url, ticket, last == null ? new IOException("no address") : last);
    return null;
  }

  private void failed(WebUrl url, GuardedProxy.Ticket ticket, IOException e) throws IOException {
    OutboundException failure = Failures.of(e, url);
    ticket.failed(failure);
    String status =
        switch (failure.reason()) {
          case ADDRESS_REFUSED -> "403 Forbidden";
          case TIMEOUT -> "504 Gateway Timeout";
          default -> "502 Bad Gateway";
        };
    refuse(status, failure.detail());
  }

  private void copy(InputStream from, OutputStream to, long most) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = most;
    try {
      while (left > 0) {
        int wanted = proxy.speed().bytesPerSecond() == 0 ? BUFFER : SMALL;
        int count = from.read(buffer, 0, (int) Math.min(left, wanted));
        if (count < 0) {
          return;
        }
        proxy.speed().take(count, () -> {});
        to.write(buffer, 0, count);
        left -= count;
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private void refuse(String status, String why) throws IOException {
    answer(status, "", why);
  }

  private void answer(String status, String header, String why) throws IOException {
    byte[] body = (why + "\n").getBytes(StandardCharsets.UTF_8);
    write(
        "HTTP/1.1 "
            + status
            + "\r\n"
            + header
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n");
    client.getOutputStream().write(body);
    client.getOutputStream().flush();
  }

  private void write(String head) throws IOException {
    client.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      // That is what was wanted.
    }
  }
}
