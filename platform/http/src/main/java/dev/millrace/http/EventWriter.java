package dev.millrace.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the events of one stream to its client, on the request's thread, while the source runs on
 * another. A client that closes its connection is noticed at once, one that vanishes without a word
 * at the next event or heartbeat.
 */
final class EventWriter {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final byte[] OPENING = "retry: 1000\n\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int BATCH = 64 << 10;

  private final Engine engine;
  private final EventSource source;
  private final EventStream stream;

  EventWriter(Engine engine, EventSource source) {
    this.engine = engine;
    this.source = source;
    this.stream = new EventStream(engine.writer);
  }

  /** Takes a place among the open streams, or throws the problem that there is none. */
  void open() {
    engine.streams.add(stream);
  }

  /** Ends the stream, because its client is gone. */
  void close() {
    stream.close();
  }

  /** Returns when the stream has ended in order; throws if the client is gone. */
  void run(Response response) throws IOException, InterruptedException {
    Thread filler = Thread.ofVirtual().name("event-source").start(this::fill);
    try {
      Content.Sink.write(response, false, ByteBuffer.wrap(OPENING));
      long heartbeat = engine.config.heartbeat().toNanos();
      var batch = new ByteArrayOutputStream();
      while (true) {
        byte[] event = stream.next(heartbeat);
        if (event == null) {
          event = HEARTBEAT;
        }
        boolean last = event.length == 0;
        batch.reset();
        while (event != null && event.length > 0) {
          batch.writeBytes(event);
          event = batch.size() < BATCH ? stream.next(0) : null;
          last = event != null && event.length == 0;
        }
        Content.Sink.write(response, last, ByteBuffer.wrap(batch.toByteArray()));
        if (last) {
          return;
        }
      }
    } finally {
      stream.close();
      engine.streams.remove(stream);
      filler.interrupt();
    }
  }

  private void fill() {
    try {
      source.run(stream);
    } catch (InterruptedException _) {
      // The stream was closed while the source waited.
    } catch (ProblemException problem) {
      var _ = stream.offer(null, "problem", problem.problem());
    } catch (Exception failure) {
      if (stream.isOpen()) {
        LOG.error("an event stream ends because its source failed", failure);
        var _ =
            stream.offer(
                null,
                "problem",
                HttpProblems.INTERNAL.because("The source of the events failed.").problem());
      }
    } finally {
      stream.close();
    }
  }
}
