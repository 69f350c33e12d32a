package dev.millrace.outbound.groups;

import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.Downloaded;
import dev.millrace.outbound.spi.DownloadEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files that are fetched together, each on a virtual thread. Thread-safe; {@code lock} guards the
 * slots and {@code closed}. Close it when its outcome is known.
 */
public final class DownloadGroup implements AutoCloseable {
  private final String name;
  private final DownloadEngine engine;
  private final List<FileSlot> slots;
  private final Runnable afterClose;
  private final GroupSpeed speed = new GroupSpeed();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int running;
  private boolean closed;
  private @Nullable Throwable bug;

  DownloadGroup(
      String name, DownloadEngine engine, List<DownloadRequest> files, Runnable afterClose) {
    this.name = name;
    this.engine = engine;
    this.afterClose = afterClose;
    slots = new ArrayList<>(files.size());
    for (DownloadRequest file : files) {
      slots.add(new FileSlot(slots.size(), file));
    }
  }

  void start(boolean paused) {
    lock.lock();
    try {
      for (FileSlot slot : slots) {
        if (paused) {
          slot.state = GroupFile.State.PAUSED;
        } else {
          launch(slot);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  public String name() {
    return name;
  }

  /** How the group stands. */
  public GroupProgress progress() {
    int done = 0;
    int failed = 0;
    int deleted = 0;
    int paused = 0;
    int active = 0;
    long bytes = 0;
    long known = 0;
    boolean allKnown = true;
    for (GroupFile file : files()) {
      bytes += file.bytes();
      switch (file.state()) {
        case DONE -> done++;
        case FAILED -> failed++;
        case DELETED -> deleted++;
        case PAUSED -> paused++;
        case ACTIVE, RETRYING -> active++;
        case WAITING -> {
          // The rest.
        }
      }
      if (file.state() != GroupFile.State.FAILED && file.state() != GroupFile.State.DELETED) {
        allKnown &= file.totalBytes() >= 0;
        known += Math.max(0, file.totalBytes());
      }
    }
    long rate = speed.at(System.nanoTime(), bytes);
    return new GroupProgress(
        name, slots.size(), done, failed, deleted, paused, active, bytes, known, allKnown, rate);
  }

  /** How each file stands, in the order in which they were asked for. */
  public List<GroupFile> files() {
    lock.lock();
    try {
      return slots.stream().map(FileSlot::view).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The place of the file with this URL, as it was asked for. */
  public OptionalInt find(String url) {
    return slots.stream()
        .filter(slot -> slot.request.url().equals(url))
        .mapToInt(slot -> slot.no)
        .findFirst();
  }

  /** The URL of each file, as it was asked for. */
  public List<String> urls() {
    return slots.stream().map(slot -> slot.request.url()).toList();
  }

  /** Stops what is not over; what was loaded is kept. */
  public int pause() {
    return each(this::pause);
  }

  /** Stops one file; false if it is over or stopped already. */
  public boolean pause(int no) {
    return one(no, this::pause);
  }

  /** Goes on with what was stopped. */
  public int resume() {
    return each(this::resume);
  }

  /** Goes on with one file; false if it was not stopped. */
  public boolean resume(int no) {
    return one(no, this::resume);
  }

  /** Gives up what is not over. */
  public int delete() {
    return each(this::delete);
  }

  /** Gives one file up; false if it is over. */
  public boolean delete(int no) {
    return one(no, this::delete);
  }

  /** Begins anew with what failed. */
  public int retryFailed() {
    return each(this::retry);
  }

  /**
   * Waits until each file has ended or stands still because somebody stopped it.
   *
   * @param progress called on this thread every {@code every}, and once at the end
   * @return how they ended, in the order in which they were asked for
   * @throws InterruptedException if the thread was interrupted; the group goes on until it is
   *     closed
   */
  public List<GroupOutcome> await(Duration every, Consumer<GroupProgress> progress)
      throws InterruptedException {
    List<GroupOutcome> outcomes = null;
    while (outcomes == null) {
      lock.lockInterruptibly();
      try {
        if (running > 0) {
          var _ = changed.await(every.toNanos(), TimeUnit.NANOSECONDS);
        }
        Throwable unforeseen = bug;
        if (unforeseen != null) {
          throw new IllegalStateException("a download ended in an unforeseen way", unforeseen);
        }
        if (running == 0) {
          outcomes = slots.stream().map(FileSlot::outcome).toList();
        }
      } finally {
        lock.unlock();
      }
      // Outside of the lock: whoever listens may take its time.
      progress.accept(progress());
    }
    return outcomes;
  }

  /** Ends what is under way, keeping what was loaded, and waits until it has ended. */
  @Override
  public void close() {
    boolean interrupted = false;
    lock.lock();
    try {
      closed = true;
      slots.forEach(this::stop);
      while (running > 0) {
        try {
          changed.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    afterClose.run();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What can be done to a file; called with the lock. */
  private interface Deed {
    boolean on(FileSlot slot);
  }

  private int each(Deed deed) {
    lock.lock();
    try {
      int count = 0;
      for (FileSlot slot : slots) {
        count += deed.on(slot) ? 1 : 0;
      }
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private boolean one(int no, Deed deed) {
    if (no < 0 || no >= slots.size()) {
      throw new IllegalArgumentException(
          "no must be between 0 and " + (slots.size() - 1) + ", not " + no);
    }
    lock.lock();
    try {
      boolean done = deed.on(slots.get(no));
      changed.signalAll();
      return done;
    } finally {
      lock.unlock();
    }
  }

  private boolean pause(FileSlot slot) {
    if (slot.state != GroupFile.State.WAITING) {
      return false;
    }
    slot.state = GroupFile.State.PAUSED;
    stop(slot);
    return true;
  }

  private boolean resume(FileSlot slot) {
    if (slot.state != GroupFile.State.PAUSED || closed) {
      return false;
    }
    slot.state = GroupFile.State.WAITING;
    launch(slot);
    return true;
  }

  private boolean delete(FileSlot slot) {
    if (slot.state.isEnd()) {
      return false;
    }
    slot.state = GroupFile.State.DELETED;
    stop(slot);
    return true;
  }

  private boolean retry(FileSlot slot) {
    if (slot.state != GroupFile.State.FAILED || closed) {
      return false;
    }
    slot.state = GroupFile.State.WAITING;
    slot.failure = null;
    slot.progress = null;
    launch(slot);
    return true;
  }

  private void stop(FileSlot slot) {
    if (slot.thread != null) {
      slot.thread.interrupt();
    }
  }

  private void launch(FileSlot slot) {
    if (slot.thread == null) {
      running++;
      slot.thread = Thread.ofVirtual().name("download-group").start(() -> fetch(slot));
    }
  }

  private void fetch(FileSlot slot) {
    Downloaded file = null;
    DownloadException failure = null;
    Throwable unforeseen = null;
    try {
      file = engine.fetch(slot.request, now -> slot.progress = now);
    } catch (DownloadException e) {
      failure = e;
    } catch (InterruptedException stopped) {
      // Who stopped it has said what it is now.
    } catch (RuntimeException | Error e) {
      unforeseen = e;
    }
    lock.lock();
    try {
      slot.thread = null;
      running--;
      if (file != null) {
        // It came before it could be stopped.
        slot.file = file;
        slot.state = GroupFile.State.DONE;
      } else if (slot.state == GroupFile.State.WAITING) {
        settle(slot, failure);
      }
      bug = unforeseen == null ? bug : unforeseen;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void settle(FileSlot slot, @Nullable DownloadException failure) {
    if (failure != null) {
      slot.failure = failure;
      slot.state = GroupFile.State.FAILED;
    } else if (!closed && bug == null) {
      // It was stopped and told to go on before it had come to a halt.
      launch(slot);
    }
  }
}
