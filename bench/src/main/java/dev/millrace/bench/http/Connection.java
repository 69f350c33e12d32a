package dev.millrace.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection with at most one request under way. Confined to the thread of
 * its loop.
 */
final class Connection {
  @Nullable SelectionKey key;

  /** When the request under way should have been sent, in {@link System#nanoTime}. */
  long due;

  private final SocketChannel channel;
  private final List<ByteBuffer> requests;
  private ByteBuffer request;
  private int next;
  private ByteBuffer answer = ByteBuffer.allocate(4096);
  private String last = "";

  /** A connection that sends these requests in turn, beginning with {@code first}. */
  Connection(SocketChannel channel, List<ByteBuffer> requests, int first) {
    this.channel = channel;
    this.requests = requests.stream().map(ByteBuffer::duplicate).toList();
    this.next = first % requests.size();
    this.request = this.requests.get(next);
  }

  /** All requests of a load, in buffers that connections may share. */
  static List<ByteBuffer> requests(Load load) throws IOException {
    List<String> bodies =
        load.bodies() == null ? List.of(load.body()) : Files.readAllLines(Path.of(load.bodies()));
    return bodies.stream()
        .map(body -> request(load, body))
        .map(bytes -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())
        .toList();
  }

  private static byte[] request(Load load, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(load.path(), load.port(), body.length);
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(bytes.length + body.length).put(bytes).put(body).array();
  }

  void send(long due) throws IOException {
    this.due = due;
    request = requests.get(next);
    next = (next + 1) % requests.size();
    request.rewind();
    flush();
  }

  void flush() throws IOException {
    channel.write(request);
    int wanted =
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ;
    if (key != null && key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /** Reads what has come. Returns the status once the answer is complete, else 0. */
  int read() throws IOException {
    if (!answer.hasRemaining()) {
      answer = ByteBuffer.allocate(answer.capacity() * 2).put(answer.flip());
    }
    if (channel.read(answer) < 0) {
      throw new EOFException("The server closed the connection");
    }
    int end = Answer.end(answer.array(), answer.position());
    if (end < 0) {
      return 0;
    }
    int status = Answer.status(answer.array());
    if (status / 100 != 2) {
      last = new String(answer.array(), 0, Math.min(end, 600), StandardCharsets.UTF_8);
    }
    answer.clear();
    return status;
  }

  /** The beginning of the last answer that was an error. */
  String lastAnswer() {
    return last;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
