package dev.millrace.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection: reads requests and plays the reply of each. Confined to a thread. */
final class WebConnection {
  private static final int MAX_HEAD_LINE = 16 * 1024;

  private final WebServer server;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  WebConnection(WebServer server, Socket socket) throws IOException {
    this.server = server;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void run() throws IOException {
    boolean again = true;
    while (again) {
      ServedRequest request = readRequest();
      if (request == null) {
        return;
      }
      var script = server.script(request.path());
      Reply reply = script.take();
      server.entered();
      script.log.add(request);
      try {
        again = answer(request, reply == null ? Reply.status(404) : reply, script);
      } finally {
        server.left();
      }
    }
  }

  private boolean answer(ServedRequest request, Reply reply, WebServer.PathScript script)
      throws IOException {
    await(reply.headersUntil);
    if (reply.garbage) {
      reply.body.write(0, (int) reply.body.length(), out);
      return false;
    }
    if (isNotModified(request, reply)) {
      writeHead(304, reply, -1, "");
      return true;
    }
    long length = reply.body.length();
    var range = reply.ranges && reply.status == 200 ? ByteRange.asked(request, reply) : null;
    if (range != null && range.start() >= length) {
      writeHead(416, reply, 0, "Content-Range: bytes */" + length + "\r\n");
      return true;
    }
    long start = range == null ? 0 : range.start();
    long end = range == null ? length : Math.min(length, range.end());
    String contentRange =
        range == null
            ? ""
            : "Content-Range: bytes " + start + "-" + (end - 1) + "/" + length + "\r\n";
    long declared = reply.declaredLength >= 0 ? reply.declaredLength : end - start;
    writeHead(range == null ? reply.status : 206, reply, declared, contentRange);
    if (request.method().equals("HEAD")) {
      return true;
    }
    return new BodyWriter(reply, socket, out, script.bytes).write(start, end);
  }

  private static boolean isNotModified(ServedRequest request, Reply reply) {
    if (reply.status != 200) {
      return false;
    }
    var match = request.header("If-None-Match");
    if (match.isPresent()) {
      return reply.etag != null && match.get().contains(reply.etag);
    }
    var since = request.header("If-Modified-Since");
    return since.isPresent()
        && reply.lastModified != null
        && since.get().equals(httpDate(reply.lastModified));
  }

  private void writeHead(int status, Reply reply, long length, String extra) throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", reply.type);
    if (reply.etag != null) {
      headers.put("ETag", reply.etag);
    }
    if (reply.lastModified != null) {
      headers.put("Last-Modified", httpDate(reply.lastModified));
    }
    if (reply.ranges) {
      headers.put("Accept-Ranges", "bytes");
    }
    if (reply.chunked && status < 300) {
      headers.put("Transfer-Encoding", "chunked");
    } else if (!reply.untilClose && length >= 0) {
      headers.put("Content-Length", Long.toString(length));
    }
    if (reply.untilClose || reply.declaredLength >= 0) {
      headers.put("Connection", "close");
    }
    headers.putAll(reply.headers);
    headers.forEach((name, value) -> {
      if (!value.isEmpty()) {
        head.append(name).append(": ").append(value).append("\r\n");
      }
    });
    head.append(extra).append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  static String httpDate(java.time.Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
  }

  static void await(@Nullable Signal signal) throws IOException {
    if (signal == null) {
      return;
    }
    try {
      signal.await();
    } catch (InterruptedException | TimeoutException e) {
      throw new IOException("stopped waiting for the test", e);
    }
  }

  private @Nullable ServedRequest readRequest() throws IOException {
    String line = readLine();
    if (line == null) {
      return null;
    }
    String[] words = line.split(" ", 3);
    if (words.length != 3) {
      throw new IOException("no request line: " + line);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = readLine(); header != null && !header.isEmpty(); header = readLine()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    int mark = words[1].indexOf('?');
    String path = mark < 0 ? words[1] : words[1].substring(0, mark);
    String query = mark < 0 ? "" : words[1].substring(mark + 1);
    return new ServedRequest(words[0], path, query, Map.copyOf(headers), body);
  }

  private @Nullable String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new EOFException("the request ends within a line");
      }
      line.write(b);
      if (line.size() > MAX_HEAD_LINE) {
        throw new IOException("a line of the head is over " + MAX_HEAD_LINE + " bytes");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
