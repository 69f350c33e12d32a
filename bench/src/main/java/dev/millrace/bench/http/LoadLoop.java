package dev.millrace.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread that drives all connections through one selector. At saturation a connection sends its
 * next request as soon as it was answered; at a fixed rate, requests become due by the clock, wait
 * here for a free connection if there is none, and count from the moment they were due.
 */
final class LoadLoop implements AutoCloseable {
  private static final long LONGEST_ANSWER_NANOS = 10_000_000_000L;

  private final Load load;
  private final Selector selector;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Long> overdue = new ArrayDeque<>();
  private final Latencies latencies = new Latencies();
  private final long measureFrom;
  private final long measureTo;
  private final double nanosBetween;
  private final long start;

  private int outstanding;
  private long scheduled;
  private long errors;
  private @Nullable String firstError;

  LoadLoop(Load load) throws IOException {
    this.load = load;
    this.selector = Selector.open();
    List<ByteBuffer> requests = Connection.requests(load);
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), load.port());
    for (int i = 0; i < load.connections(); i++) {
      SocketChannel channel = SocketChannel.open(server);
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false);
      Connection connection =
          new Connection(channel, requests, i * requests.size() / load.connections());
      connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
      idle.add(connection);
    }
    this.nanosBetween = load.rate() == 0 ? 0 : 1e9 / load.rate();
    this.start = System.nanoTime();
    this.measureFrom = start + load.warmUp().toNanos();
    this.measureTo = measureFrom + load.window().toNanos();
  }

  Load.Outcome run() throws IOException {
    if (load.rate() == 0) {
      startAll();
    }
    long now = System.nanoTime();
    while (now < measureTo) {
      if (load.rate() != 0) {
        sendDue(now);
      }
      poll();
      now = System.nanoTime();
    }
    long deadline = measureTo + LONGEST_ANSWER_NANOS;
    while (outstanding > 0 && System.nanoTime() < deadline) {
      poll();
    }
    if (outstanding + overdue.size() > 0) {
      failed(outstanding + overdue.size(), "not answered within 10 s");
    }
    return outcome();
  }

  private void startAll() throws IOException {
    Connection connection;
    while ((connection = idle.poll()) != null) {
      send(connection, System.nanoTime());
    }
  }

  /** Sends what has become due, as far as there are free connections; the rest queues here. */
  private void sendDue(long now) throws IOException {
    while (start + (long) (scheduled * nanosBetween) <= now) {
      overdue.add(start + (long) (scheduled++ * nanosBetween));
    }
    while (!overdue.isEmpty() && !idle.isEmpty()) {
      send(idle.poll(), overdue.poll());
    }
  }

  private void send(Connection connection, long due) throws IOException {
    outstanding++;
    try {
      connection.send(due);
    } catch (IOException e) {
      broken(connection, e);
    }
  }

  private void poll() throws IOException {
    selector.select(this::ready, 1);
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.flush();
      }
      if (key.isReadable()) {
        int status = connection.read();
        if (status != 0) {
          answered(connection, status);
        }
      }
    } catch (IOException e) {
      broken(connection, e);
    }
  }

  private void answered(Connection connection, int status) throws IOException {
    long now = System.nanoTime();
    outstanding--;
    // At a fixed rate all that was due in the window counts; at saturation, all answered in it.
    long moment = load.rate() == 0 ? now : connection.due;
    if (moment >= measureFrom && moment < measureTo) {
      latencies.add(now - connection.due);
      if (status / 100 != 2) {
        failed(1, "status " + status + " " + connection.lastAnswer());
      }
    }
    if (load.rate() == 0) {
      if (now < measureTo) {
        send(connection, now);
      }
    } else if (now < measureTo && !overdue.isEmpty()) {
      send(connection, overdue.poll());
    } else {
      idle.add(connection);
    }
  }

  /** A broken connection is not opened again: the load would no longer be what was asked for. */
  private void broken(Connection connection, IOException cause) {
    outstanding--;
    failed(1, cause.toString());
    connection.close();
  }

  private void failed(long count, String why) {
    errors += count;
    if (firstError == null) {
      firstError = why;
    }
  }

  private Load.Outcome outcome() {
    long[] sorted = latencies.sorted();
    return new Load.Outcome(
        sorted.length,
        errors,
        sorted.length / (load.window().toNanos() / 1e9),
        Latencies.quantile(sorted, 0.50),
        Latencies.quantile(sorted, 0.95),
        Latencies.quantile(sorted, 0.99),
        Latencies.quantile(sorted, 1),
        firstError);
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      ((Connection) key.attachment()).close();
    }
    selector.close();
  }

  /** Every latency as it was, because a benchmark has the memory for it. */
  private static final class Latencies {
    private long[] nanos = new long[1 << 20];
    private int count;

    void add(long value) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = value;
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return sorted;
    }

    /** In ms. */
    static double quantile(long[] sorted, double share) {
      if (sorted.length == 0) {
        return 0;
      }
      int index = (int) Math.ceil(share * sorted.length) - 1;
      return sorted[Math.clamp(index, 0, sorted.length - 1)] / 1e6;
    }
  }
}
