package dev.millrace.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/**
 * A stream of server-sent events to one client. Thread-safe.
 *
 * <p>At most {@value #BUFFER} events wait for a slow client. {@link #send} then waits with the
 * sender, {@link #offer} ends the stream instead: the client connects again with the id of the last
 * event it has seen and misses nothing, if the source can resume there.
 */
public final class EventStream {
  static final int BUFFER = 256;
  private static final byte[] END = new byte[0];

  private final ObjectWriter json;
  private final BlockingQueue<byte[]> events = new ArrayBlockingQueue<>(BUFFER);
  private final CountDownLatch closed = new CountDownLatch(1);

  EventStream(ObjectWriter json) {
    this.json = json;
  }

  /**
   * Sends an event; waits while the buffer is full.
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
    while (isOpen()) {
      if (events.offer(event, 1, TimeUnit.SECONDS)) {
        return;
      }
    }
    throw new IOException("the event stream is closed");
  }

  /**
   * Sends an event without ever waiting; if the client is so slow that the buffer is full, the
   * stream is closed.
   *
   * @return whether the event was taken
   */
  public boolean offer(@Nullable String id, String name, Object data) {
    if (!isOpen()) {
      return false;
    }
    boolean taken = events.offer(encode(id, name, data));
    if (!taken) {
      close();
    }
    return taken;
  }

  /** Whether events are still taken. */
  public boolean isOpen() {
    return closed.getCount() > 0;
  }

  /** Returns when the client is gone, the server stops or {@link #close} was called. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Ends the stream after the events that wait. */
  public void close() {
    closed.countDown();
    // Wakes the writer; a full buffer needs no waking.
    var _ = events.offer(END);
  }

  /** The next event; null after a time without any, an empty array at the end. */
  byte @Nullable [] next(long timeoutNanos) throws InterruptedException {
    if (!isOpen()) {
      byte[] left = events.poll();
      return left == null ? END : left;
    }
    return events.poll(timeoutNanos, TimeUnit.NANOSECONDS);
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
