package dev.millrace.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends a body with the faults of its reply. Offsets are those of the whole content. */
final class BodyWriter {
  private static final int PIECE = 64 * 1024;
  private static final int SLOW_PIECES_A_SECOND = 20;

  private final Reply reply;
  private final Socket socket;
  private final OutputStream out;
  private final AtomicLong sent;

  BodyWriter(Reply reply, Socket socket, OutputStream out, AtomicLong sent) {
    this.reply = reply;
    this.socket = socket;
    this.out = out;
    this.sent = sent;
  }

  /** Returns whether the connection can take another request. */
  boolean write(long start, long end) throws IOException {
    long at = start;
    boolean stalled = false;
    while (at < end) {
      if (at == reply.dropAt) {
        socket.setSoLinger(true, 0);
        return false;
      }
      if (at == reply.truncateTo) {
        return false;
      }
      if (at == reply.stallAt && !stalled) {
        stalled = true;
        WebConnection.await(reply.stallUntil);
      }
      at += piece(at, nextStop(at, end));
    }
    if (reply.chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
    return !reply.untilClose && reply.declaredLength < 0;
  }

  private long nextStop(long at, long end) {
    long stop = Math.min(end, at + PIECE);
    for (long fault : new long[] {reply.dropAt, reply.truncateTo, reply.stallAt}) {
      if (fault > at) {
        stop = Math.min(stop, fault);
      }
    }
    if (reply.bytesPerSecond > 0) {
      stop = Math.min(stop, at + Math.max(1, reply.bytesPerSecond / SLOW_PIECES_A_SECOND));
    }
    return stop;
  }

  private long piece(long at, long stop) throws IOException {
    int count = (int) (stop - at);
    if (reply.chunked) {
      out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    reply.body.write(at, count, out);
    if (reply.chunked) {
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
    sent.addAndGet(count);
    if (reply.bytesPerSecond > 0) {
      LockSupport.parkNanos(count * 1_000_000_000L / reply.bytesPerSecond);
    }
    return count;
  }
}
