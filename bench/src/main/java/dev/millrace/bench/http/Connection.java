package dev.millrace.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
  private final ByteBuffer request;
  private ByteBuffer answer = ByteBuffer.allocate(4096);
  private String last = "";

  Connection(SocketChannel channel, byte[] request) {
    this.channel = channel;
    this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
  }

  static byte[] request(Load load) {
    byte[] body = load.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(load.path(), load.port(), body.length);
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(bytes.length + body.length).put(bytes).put(body).array();
  }

  void send(long due) throws IOException {
    this.due = due;
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
