package dev.millrace.http;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole body into one array. Most bodies have arrived with their header and take one copy
 * and no waiting; for the others the virtual thread parks until there is more.
 */
final class BodyReader {
  private static final int FIRST = 8192;

  private final Request request;
  private final long max;
  byte[] bytes = new byte[0];
  int length;

  BodyReader(Request request, long max) {
    this.request = request;
    this.max = max;
  }

  /**
   * Reads to the end.
   *
   * @throws ProblemException if the body is too large, or comes too slowly
   */
  void read() {
    long announced = request.getLength();
    if (announced > max) {
      throw tooLarge(announced + " bytes");
    }
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        awaitMore();
        continue;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw failed(chunk.getFailure());
      }
      boolean last = chunk.isLast();
      try {
        take(chunk.getByteBuffer(), announced);
      } finally {
        chunk.release();
      }
      if (last) {
        return;
      }
    }
  }

  /**
   * The body as it comes; not thread-safe. Closing it leaves the rest unread.
   *
   * @throws ProblemException if it is announced to be too large; reading throws it when it is
   */
  InputStream stream() {
    long announced = request.getLength();
    if (announced > max) {
      throw tooLarge(announced + " bytes");
    }
    return new BodyStream();
  }

  private final class BodyStream extends InputStream {
    private ByteBuffer waiting = ByteBuffer.allocate(0);
    private Content.@Nullable Chunk chunk;
    private long taken;
    private boolean ended;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) {
      if (count == 0) {
        return 0;
      }
      while (!waiting.hasRemaining()) {
        if (ended) {
          return -1;
        }
        next();
      }
      int some = Math.min(count, waiting.remaining());
      waiting.get(into, from, some);
      if (!waiting.hasRemaining()) {
        release();
      }
      return some;
    }

    private void next() {
      release();
      Content.Chunk more = request.read();
      if (more == null) {
        awaitMore();
        return;
      }
      if (Content.Chunk.isFailure(more)) {
        throw failed(more.getFailure());
      }
      ended = more.isLast();
      chunk = more;
      waiting = more.getByteBuffer();
      taken += waiting.remaining();
      if (taken > max) {
        release();
        throw tooLarge("more than that");
      }
      if (!waiting.hasRemaining()) {
        release();
      }
    }

    private void release() {
      if (chunk != null) {
        chunk.release();
        chunk = null;
      }
      waiting = ByteBuffer.allocate(0);
    }

    @Override
    public void close() {
      release();
    }
  }

  private void take(ByteBuffer more, long announced) {
    int count = more.remaining();
    if (count == 0) {
      return;
    }
    if (length + (long) count > max) {
      throw tooLarge("more than that");
    }
    if (length + count > bytes.length) {
      // An announced length is trusted only for as much as a small body takes.
      long wanted = length == 0 ? Math.min(Math.max(announced, 0), FIRST) : bytes.length * 2L;
      bytes = Arrays.copyOf(bytes, (int) Math.min(max, Math.max(wanted, length + count)));
    }
    more.get(bytes, length, count);
    length += count;
  }

  private void awaitMore() {
    var signal = new More(Thread.currentThread());
    request.demand(signal);
    while (!signal.come) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw HttpProblems.STOPPING.because("The server stopped while it read the body.");
      }
    }
  }

  private static ProblemException failed(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return HttpProblems.REQUEST_TIMEOUT.because("The body stopped in the middle.");
    }
    return HttpProblems.REQUEST_MALFORMED.because("The body ended early or is not well-formed.");
  }

  private ProblemException tooLarge(String size) {
    return HttpProblems.BODY_TOO_LARGE.because(
        "The body may have at most " + max + " bytes here; this one has " + size + ".");
  }

  /** Wakes the reader on the connection's thread, which it never blocks. */
  private static final class More implements Invocable.Task {
    private final Thread reader;
    volatile boolean come;

    More(Thread reader) {
      this.reader = reader;
    }

    @Override
    public void run() {
      come = true;
      LockSupport.unpark(reader);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
