package dev.millrace.outbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several downloads that are waited for together. Used once, by one thread. */
final class Batch {
  private static final int MAX_FILES = 100_000;

  private final Downloads downloads;
  private final List<DownloadRequest> requests;
  private final Duration interval;
  private final Consumer<BatchProgress> listener;
  private final AtomicReferenceArray<@Nullable DownloadProgress> progress;
  private final AtomicReferenceArray<@Nullable DownloadOutcome> outcomes;
  private final SpeedMeter speed = new SpeedMeter();
  private final CountDownLatch ended;
  private volatile @Nullable Throwable bug;

  Batch(
      Downloads downloads,
      List<DownloadRequest> requests,
      Duration interval,
      Consumer<BatchProgress> listener) {
    if (requests.size() > MAX_FILES) {
      throw new IllegalArgumentException(
          "requests has "
              + requests.size()
              + " entries; ask for at most "
              + MAX_FILES
              + " at once");
    }
    this.downloads = downloads;
    this.requests = List.copyOf(requests);
    this.interval = interval;
    this.listener = listener;
    progress = new AtomicReferenceArray<>(requests.size());
    outcomes = new AtomicReferenceArray<>(requests.size());
    ended = new CountDownLatch(requests.size());
  }

  List<DownloadOutcome> run() throws InterruptedException {
    var threads = new ArrayList<Thread>(requests.size());
    boolean complete = false;
    try {
      for (int i = 0; i < requests.size(); i++) {
        int index = i;
        threads.add(Thread.ofVirtual().name("download-caller").start(() -> fetch(index)));
      }
      while (!ended.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        listener.accept(snapshot());
      }
      complete = true;
    } finally {
      if (!complete) {
        threads.forEach(Thread::interrupt);
        awaitAll(threads);
      }
    }
    if (bug != null) {
      throw new IllegalStateException("a download failed in an unforeseen way; this is a bug", bug);
    }
    listener.accept(snapshot());
    return outcomes();
  }

  private void fetch(int index) {
    DownloadRequest request = requests.get(index);
    try {
      var file = downloads.fetch(request, now -> progress.set(index, now));
      outcomes.set(index, new DownloadOutcome.Done(request, file));
    } catch (DownloadException e) {
      outcomes.set(index, new DownloadOutcome.Failed(request, e));
    } catch (InterruptedException batchEnds) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      bug = e;
    } finally {
      ended.countDown();
    }
  }

  private static void awaitAll(List<Thread> threads) {
    boolean interrupted = Thread.interrupted();
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private BatchProgress snapshot() {
    int completed = 0;
    int failed = 0;
    long bytes = 0;
    long known = 0;
    boolean allKnown = true;
    var running = new ArrayList<DownloadProgress>();
    for (int i = 0; i < requests.size(); i++) {
      DownloadProgress at = progress.get(i);
      DownloadOutcome outcome = outcomes.get(i);
      if (at != null) {
        bytes += at.bytes();
      }
      switch (outcome) {
        case DownloadOutcome.Done done -> {
          completed++;
          known += done.file().bytes();
        }
        case DownloadOutcome.Failed _ -> failed++;
        case null -> {
          allKnown &= at != null && at.totalBytes() >= 0;
          known += at == null ? 0 : Math.max(0, at.totalBytes());
          if (at != null && at.phase() != DownloadProgress.Phase.WAITING) {
            running.add(at);
          }
        }
      }
    }
    long rate = speed.at(System.nanoTime(), bytes);
    return new BatchProgress(
        requests.size(), completed, failed, bytes, known, allKnown, rate, running);
  }

  private List<DownloadOutcome> outcomes() {
    var all = new DownloadOutcome[requests.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = Objects.requireNonNull(outcomes.get(i));
    }
    return Arrays.asList(all);
  }
}
