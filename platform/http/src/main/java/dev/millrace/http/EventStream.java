package dev.millrace.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/**
 * A stream of server-sent events to one client. Thread-safe.
 *
 * <p>At most {@value #MOST_EVENTS} events and {@value #MOST_BYTES} bytes wait for a slow client.
 * {@link #send} then waits with the sender, {@link #offer} ends the stream instead: the client
 * connects again with the id of the last event it has seen and misses nothing, if the source can
 * resume there.
 */
public final class EventStream {
  static final int MOST_EVENTS = 256;
  static final int MOST_BYTES = 1 << 20;
  private static final byte[] END = new byte[0];

  private final ObjectWriter json;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  EventStream(ObjectWriter json) {
    this.json = json;
  }

  /**
   * Sends an event; waits while too much is waiting already.
   *
   * @param id what the client names to resume after this event; null for none
   * @param name the event's name, one line
   * @param data written as JSON
   * @throws IOException if the stream is closed
   * @throws InterruptedException if the stream is closed while this waits
   */
  public void send(@Nullable String id, String name, Object data)
      throws IOException, InterruptedException {
    byte[] event = encode(id, name, data);
    lock.lockInterruptibly();
    try {
      while (!closed && !hasRoom(event)) {
        changed.await();
      }
      if (closed) {
        throw new IOException("the event stream is closed");
      }
      add(event);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends an event without ever waiting; if the client is so slow that there is no room, the stream
   * is closed.
   *
   * @return whether the event was taken
   */
  public boolean offer(@Nullable String id, String name, Object data) {
    byte[] event = encode(id, name, data);
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (!hasRoom(event)) {
        closed = true;
        changed.signalAll();
        return false;
      }
      add(event);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A single event may be larger than the limit: alone it has room. */
  private boolean hasRoom(byte[] event) {
    return waiting.isEmpty()
        || (waiting.size() < MOST_EVENTS && bytes + event.length <= MOST_BYTES);
  }

  private void add(byte[] event) {
    waiting.add(event);
    bytes += event.length;
    changed.signalAll();
  }

  /** Whether events are still taken. */
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the client is gone, the server stops or {@link #close} was called. */
  public void awaitClosed() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream after the events that wait. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next event; null after a time without any, an empty array at the end. */
  byte @Nullable [] next(long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return END;
        }
        if (left <= 0) {
          return null;
        }
        left = changed.awaitNanos(left);
      }
      byte[] event = waiting.remove();
      bytes -= event.length;
      changed.signalAll();
      return event;
    } finally {
      lock.unlock();
    }
  }

  private byte[] encode(@Nullable String id, String name, Object data) {
    var event = new StringBuilder(128);
    if (id != null) {
      event.append("id: ").append(oneLine(id)).append('\n');
    }
    event.append("event: ").append(oneLine(name)).append('\n');
    // The writer puts no line breaks into JSON, so one data line holds all of it.
    event.append("data: ").append(json.writeValueAsString(data)).append("\n\n");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("ids and names of events are one line: " + value);
    }
    return value;
  }
}
