package dev.millrace.outbound;

import dev.millrace.outbound.spi.DownloadEngine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files from the web to disk: guarded, resumed, cached by content. Thread-safe; every call
 * blocks and is meant for a virtual thread.
 *
 * <p>Callers that ask for one URL at the same time share one download. To cancel, interrupt the
 * calling thread: the download ends when its last caller is gone, and leaves a part that the next
 * call resumes. The same holds for a process that is killed.
 */
public final class Downloads implements DownloadEngine {
  private static final Logger log = LoggerFactory.getLogger(Downloads.class);
  private static final int PLACE_ATTEMPTS = 3;

  private final FetchTools tools;
  private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Downloads(FetchTools tools) {
    this.tools = tools;
  }

  /**
   * Returns when the file is complete at its target, forced to disk.
   *
   * @throws DownloadException if it cannot be had, after all attempts
   * @throws InterruptedException if the thread was interrupted; what was loaded is kept
   */
  public Downloaded fetch(DownloadRequest request) throws DownloadException, InterruptedException {
    return fetch(request, _ -> {});
  }

  @Override
  public String name() {
    return tools.aria2() == null ? "built-in" : "aria2";
  }

  @Override
  public DownloadLimits limits() {
    return new DownloadLimits(tools.slots().size(), tools.speed().bytesPerSecond());
  }

  @Override
  public void limit(DownloadLimits limits) {
    tools.slots().resize(limits.files());
    tools.speed().set(limits.bytesPerSecond());
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(tools.aria2()).flatMap(Aria2Transfer::trouble);
  }

  /**
   * As {@link #fetch(DownloadRequest)}, and tells how far it is.
   *
   * @param progress called on this thread, at most every {@link OutboundConfig#progressEvery} and
   *     once at the end; what it throws ends the call
   */
  @Override
  public Downloaded fetch(DownloadRequest request, Consumer<DownloadProgress> progress)
      throws DownloadException, InterruptedException {
    long start = System.nanoTime();
    try {
      Downloaded downloaded = fetchChecked(request, progress);
      String outcome = downloaded.fromCache() ? "cached" : "fetched";
      tools.metrics().downloaded(outcome, since(start));
      return downloaded;
    } catch (DownloadException e) {
      tools.metrics().downloaded(OutboundMetrics.tag(e.reason()), since(start));
      throw e;
    } finally {
      trimCache();
    }
  }

  /**
   * Downloads all of them, each on a virtual thread, and returns when each has ended one way or the
   * other, in the order of {@code requests}.
   *
   * @param progress called on this thread as in {@link #fetch(DownloadRequest, Consumer)}
   * @throws InterruptedException if the thread was interrupted: then all have ended, finished files
   *     are at their targets, and parts are kept
   */
  public List<DownloadOutcome> fetchAll(
      List<DownloadRequest> requests, Consumer<BatchProgress> progress)
      throws InterruptedException {
    return new Batch(this, requests, tools.config().progressEvery(), progress).run();
  }

  /** Cached files that were dropped, or would be, and their sizes. */
  public record Dropped(int files, long bytes) {}

  /**
   * Drops cached files that nothing has used since a moment; what is being placed stays.
   *
   * @param dryRun whether they are only counted
   */
  public Dropped dropUnused(Instant since, boolean dryRun) throws IOException {
    return tools.cache().dropUnused(since, dryRun);
  }

  /** Downloads that somebody waits for. */
  public int active() {
    return flights.size();
  }

  /** Refuses new ones, ends those under way and waits until their parts are closed. */
  @Override
  public void close() {
    closed = true;
    List<Flight> open = List.copyOf(flights.values());
    open.forEach(Flight::giveUp);
    try {
      for (Flight flight : open) {
        flight.awaitLanding();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (tools.aria2() != null) {
      tools.aria2().close();
    }
  }

  private Downloaded fetchChecked(DownloadRequest request, Consumer<DownloadProgress> progress)
      throws DownloadException, InterruptedException {
    FetchOrder order;
    try {
      order = FetchOrder.of(request, tools.config());
    } catch (OutboundException e) {
      throw new DownloadException(e, 0);
    }
    for (int attempt = 1; ; attempt++) {
      Seat seat = board(order);
      try {
        Fetched fetched = await(seat, order, progress);
        requireMatch(order, fetched);
        return place(request, fetched);
      } catch (DownloadException e) {
        // Somebody else's limits may have ended a download that ours would allow.
        boolean mayDiffer = !seat.first() && attempt < PLACE_ATTEMPTS && isOfTheOrder(e);
        if (!mayDiffer) {
          throw e;
        }
      } catch (NoSuchFileException dropped) {
        if (attempt == PLACE_ATTEMPTS) {
          throw onDisk(dropped, request);
        }
      } catch (IOException e) {
        throw onDisk(e, request);
      } finally {
        seat.flight().leave();
      }
    }
  }

  /** A place in a flight; {@code first} if it was started for this caller's order. */
  private record Seat(Flight flight, boolean first) {}

  private Seat board(FetchOrder order) throws DownloadException {
    if (closed) {
      throw new DownloadException(stopped(order), 0);
    }
    var starter = new AtomicReference<Runnable>();
    Flight flight =
        flights.compute(
            order.key(),
            (key, current) -> {
              if (current != null && current.join()) {
                return current;
              }
              var fresh = new Flight(tools.cache());
              fresh.join();
              var fetch = new Fetch(tools, order, fresh.tally);
              starter.set(() ->
                  fresh.start(
                      "download-" + key.substring(0, 8),
                      current,
                      fetch,
                      () -> flights.remove(key, fresh)));
              return fresh;
            });
    Runnable start = starter.get();
    if (start != null) {
      start.run();
    }
    return new Seat(Objects.requireNonNull(flight), start != null);
  }

  private Fetched await(Seat seat, FetchOrder order, Consumer<DownloadProgress> progress)
      throws DownloadException, InterruptedException {
    Tally tally = seat.flight().tally;
    var speed = new SpeedMeter();
    long interval = tools.config().progressEvery().toMillis();
    while (true) {
      try {
        Fetched fetched = seat.flight().outcome.get(interval, TimeUnit.MILLISECONDS);
        tally.phase = DownloadProgress.Phase.COMPLETE;
        progress.accept(progress(order, tally, speed));
        return fetched;
      } catch (TimeoutException underWay) {
        progress.accept(progress(order, tally, speed));
      } catch (ExecutionException e) {
        throw failure(e.getCause(), order);
      }
    }
  }

  private DownloadException failure(@Nullable Throwable cause, FetchOrder order) {
    return switch (cause) {
      case DownloadException e -> e;
      case InterruptedException _ -> new DownloadException(stopped(order), 0);
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case null, default -> throw new IllegalStateException("this is a bug", cause);
    };
  }

  private static DownloadProgress progress(FetchOrder order, Tally tally, SpeedMeter speed) {
    long bytes = tally.bytes;
    return new DownloadProgress(
        order.url().shown(),
        tally.phase,
        bytes,
        tally.total,
        speed.at(System.nanoTime(), tally.fetched.get()),
        tally.attempt,
        tally.lastFailure);
  }

  private Downloaded place(DownloadRequest request, Fetched fetched) throws IOException {
    tools.cache().place(fetched.sha256(), request.target(), request.writable());
    return new Downloaded(
        request.target(),
        fetched.bytes(),
        fetched.sha256(),
        fetched.contentType(),
        fetched.etag(),
        fetched.fromCache(),
        fetched.bytesFetched());
  }

  private static void requireMatch(FetchOrder order, Fetched fetched) throws DownloadException {
    if (order.sha256() != null && !order.sha256().equals(fetched.sha256())) {
      throw new DownloadException(
          new OutboundException(
              FailureReason.DIGEST_MISMATCH,
              order.url().shown()
                  + " has SHA-256 "
                  + fetched.sha256()
                  + ", expected was "
                  + order.sha256()),
          0);
    }
    if (fetched.bytes() > order.maxBytes()) {
      throw new DownloadException(
          new OutboundException(
              FailureReason.TOO_LARGE,
              order.url().shown() + " has more than " + order.maxBytes() + " bytes"),
          0);
    }
  }

  private static boolean isOfTheOrder(DownloadException e) {
    return e.reason() == FailureReason.TOO_LARGE || e.reason() == FailureReason.DIGEST_MISMATCH;
  }

  private static DownloadException onDisk(IOException e, DownloadRequest request)
      throws InterruptedException {
    return new DownloadException(DiskFailures.of(e, request.target()), 0);
  }

  private static OutboundException stopped(FetchOrder order) {
    return new OutboundException(
        FailureReason.CANCELLED, order.url().shown() + " was stopped with the server");
  }

  private void trimCache() {
    try {
      tools.cache().trim();
    } catch (IOException | RuntimeException e) {
      log.warn("the download cache could not be trimmed; it may be over its limit", e);
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
