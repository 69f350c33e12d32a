package dev.millrace.outbound;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Has aria2 bring files into the cache. Thread-safe.
 *
 * <p>In its folder stand {@code files/KEY}, and {@code files/KEY.aria2} with what of it is there; a
 * file without the latter is not trusted. Neither is any after the machine was started anew: aria2
 * does not force what it writes to disk.
 */
final class Aria2Transfer implements AutoCloseable {
  private static final int BUFFER = 1 << 20;
  private static final long LET_GO_SECONDS = 15;

  private final Path files;
  private final Hosts hosts;
  private final Slots slots;
  private final ContentCache cache;
  private final InstantSource clock;
  private final OutboundMetrics metrics;
  private final GuardedProxy proxy;
  private final Aria2Config aria2;
  private final Aria2Link link;

  Aria2Transfer(
      Aria2Config aria2,
      Path folder,
      OutboundConfig config,
      AddressGuard guard,
      Hosts hosts,
      Slots slots,
      SpeedLimit speed,
      ContentCache cache,
      InstantSource clock,
      OutboundMetrics metrics)
      throws IOException {
    this.aria2 = aria2;
    this.hosts = hosts;
    this.slots = slots;
    this.cache = cache;
    this.clock = clock;
    this.metrics = metrics;
    Path own = Files.createDirectories(folder.toAbsolutePath());
    files = Files.createDirectories(own.resolve("files"));
    tidy(own, files, clock.instant().minus(config.cache().keepParts()));
    proxy = GuardedProxy.open(guard, config.times(), speed);
    link = new Aria2Link(aria2, own, new Aria2Options(config, aria2, proxy));
  }

  /** Why aria2 does not work at the moment. */
  Optional<String> trouble() {
    return link.trouble();
  }

  /** One attempt. */
  Fetched run(FetchOrder order, Tally tally, TimeBudget budget)
      throws OutboundException, IOException, InterruptedException {
    long queuedAt = System.nanoTime();
    try (Hosts.Pass pass = hosts.enter(order.url(), slots, budget.queueLimit());
        GuardedProxy.Ticket ticket = proxy.admit(order.key())) {
      budget.queued(System.nanoTime() - queuedAt);
      Path file = files.resolve(order.key());
      if (!Files.exists(control(file))) {
        Files.deleteIfExists(file);
      }
      var job = new Aria2Job(order.url(), file, ticket);
      try {
        load(job, order, tally, budget);
        pass.succeeded();
      } catch (OutboundException e) {
        judge(pass, e);
        throw e;
      }
      return finish(order, tally, file);
    }
  }

  /** As for our own requests: what a host is not to blame for does not count against it. */
  private static void judge(Hosts.Pass pass, OutboundException e) {
    boolean answered = e.status().orElse(0) > 0 && e.status().orElse(0) < 500;
    switch (e.reason()) {
      case CONNECTION, TIMEOUT, STALLED, PROTOCOL, HTTP_STATUS -> {
        if (answered) {
          pass.succeeded();
        } else {
          pass.failed();
        }
      }
      default -> {
        // Says nothing about the host.
      }
    }
  }

  /** Clears away what a failure spoilt, and tells whether another try from the start may help. */
  boolean wasTorn(FetchOrder order, OutboundException failure) throws IOException {
    return switch (failure.reason()) {
      case CHANGED, DIGEST_MISMATCH, TOO_LARGE -> {
        delete(files.resolve(order.key()));
        yield failure.reason() != FailureReason.TOO_LARGE;
      }
      default -> false;
    };
  }

  private void load(Aria2Job job, FetchOrder order, Tally tally, TimeBudget budget)
      throws OutboundException, InterruptedException {
    link.add(job);
    long from = -1;
    long counted = 0;
    try {
      while (true) {
        Aria2Job.End end = look(job.end, aria2.pollEvery().toMillis());
        long here = job.completed;
        if (from < 0 && (job.active || end != null)) {
          from = here;
          counted = here;
        }
        if (from >= 0 && here > counted) {
          tally.fetched.addAndGet(here - counted);
          metrics.received((int) Math.min(Integer.MAX_VALUE, here - counted));
          counted = here;
        }
        tally.bytes = here;
        tally.total = job.total;
        tally.phase = job.active ? DownloadProgress.Phase.ACTIVE : DownloadProgress.Phase.WAITING;
        requireSize(order, Math.max(here, job.total));
        switch (end) {
          case Aria2Job.End.Complete() -> {
            return;
          }
          case Aria2Job.End.Failed(OutboundException failure) -> throw failure;
          case Aria2Job.End.Dropped() ->
              throw new OutboundException(
                  FailureReason.CANCELLED, order.url().shown() + " was stopped with the server");
          case null -> {
            if (System.nanoTime() - budget.deadline() > 0) {
              throw new OutboundException(
                  FailureReason.TIMEOUT, order.url().shown() + " took too long");
            }
          }
        }
      }
    } finally {
      if (!job.end.isDone()) {
        link.drop(job);
        awaitLetGo(job.end);
      }
    }
  }

  private static Aria2Job.@Nullable End look(CompletableFuture<Aria2Job.End> end, long millis)
      throws InterruptedException {
    try {
      return end.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException underWay) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing fails this future; a bug", e);
    }
  }

  /** The next who wants this file must not meet aria2 still writing it. */
  private static void awaitLetGo(CompletableFuture<Aria2Job.End> end) {
    boolean interrupted = Thread.interrupted();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LET_GO_SECONDS);
    while (!end.isDone() && System.nanoTime() - until < 0) {
      try {
        var _ = look(end, 100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Fetched finish(FetchOrder order, Tally tally, Path file)
      throws OutboundException, IOException {
    long bytes = Files.size(file);
    requireSize(order, bytes);
    String sha256 = digest(file);
    if (order.sha256() != null && !order.sha256().equals(sha256)) {
      throw new OutboundException(
          FailureReason.DIGEST_MISMATCH,
          order.url().shown() + " has SHA-256 " + sha256 + ", expected was " + order.sha256());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    cache.adopt(file, bytes, sha256);
    cache.remember(
        new CachedUrl(order.key(), order.url().shown(), sha256, null, null, null, clock.instant()));
    Files.deleteIfExists(control(file));
    tally.bytes = bytes;
    tally.total = bytes;
    return new Fetched(sha256, bytes, null, null, false, tally.fetched.get());
  }

  private static String digest(Path file) throws IOException {
    var sha = new Sha256();
    byte[] buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sha.update(buffer, count);
      }
    }
    return sha.hex();
  }

  private static void requireSize(FetchOrder order, long bytes) throws OutboundException {
    if (bytes > order.maxBytes()) {
      throw new OutboundException(
          FailureReason.TOO_LARGE,
          order.url().shown() + " has more than " + order.maxBytes() + " bytes");
    }
  }

  private static Path control(Path file) {
    return file.resolveSibling(file.getFileName() + ".aria2");
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(control(file));
  }

  private static void tidy(Path own, Path files, Instant oldest) throws IOException {
    Path mark = own.resolve("boot");
    String boot = Optional.ofNullable(Boot.id()).orElse("");
    boolean same = Files.exists(mark) && !boot.isEmpty() && Files.readString(mark).equals(boot);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(files)) {
      for (Path file : all) {
        if (!same || Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.writeString(mark, boot);
  }

  @Override
  public void close() {
    link.close();
    proxy.close();
  }
}
