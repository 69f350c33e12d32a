package dev.millrace.tasks.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the tasks that run, in a file mapped into memory. Thread-safe.
 *
 * <p>A claim costs two stores to memory, and no commit. The pages belong to the operating system,
 * so they outlive a process that is killed; only a power cut can make them stale, and then the
 * database has the last word. A file of 256 kB: a header of 64 bytes (magic, the key of the task
 * that runs alone, the id of the database's history), then 16 bytes a slot (key or 0, start in ms).
 * The start is written before the key and the key is a single aligned store, so that a slot is
 * never half claimed.
 *
 * <p>Claims of another history mean nothing: a restored database may hold tasks with the same keys
 * that never ran in it. Such a ledger is begun anew.
 */
public final class RunningLedger implements AutoCloseable {
  /** How many tasks can be claimed at once. */
  public static final int SLOTS = 16_384;

  private static final Logger LOG = LoggerFactory.getLogger(RunningLedger.class);

  /** The last byte is the version of the format; a file of zeros has none yet. */
  private static final long MAGIC = 0x6d69_6c6c_7261_6302L;

  private static final long ALONE = 8;
  private static final long HISTORY = 16;
  private static final long HEADER = 64;
  private static final long SLOT = 16;
  private static final long SIZE = HEADER + SLOTS * SLOT;
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment file;
  private final List<Claim> interrupted;
  private final long interruptedAlone;

  /** The free slots, as a stack; guarded by this. */
  private final int[] free = new int[SLOTS];

  private int freeCount;
  private boolean takenOver;
  private boolean closed;

  private RunningLedger(Path path, long history) throws IOException {
    try (var channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      allocate(channel);
      file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, arena);
    }
    bindTo(history, path);
    interrupted = claims();
    interruptedAlone = (long) LONG.get(file, ALONE);
    for (int slot = SLOTS - 1; slot >= 0; slot--) {
      if (key(slot) == 0) {
        free[freeCount++] = slot;
      }
    }
  }

  private void bindTo(long history, Path path) {
    long magic = (long) LONG.get(file, 0L);
    if (magic == MAGIC && (long) LONG.get(file, HISTORY) == history) {
      return;
    }
    if (magic == MAGIC) {
      LOG.info("{} is of another history of the database, it is begun anew", path);
    } else if (magic != 0) {
      LOG.warn("{} is no ledger of this version, it is begun anew", path);
    }
    file.fill((byte) 0);
    LONG.set(file, HISTORY, history);
    LONG.setVolatile(file, 0L, MAGIC);
  }

  /**
   * Opens or makes the ledger.
   *
   * @param history the id of the database's history
   * @throws UncheckedIOException if the file cannot be written
   */
  public static RunningLedger open(Path path, long history) {
    try {
      return new RunningLedger(path, history);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the ledger of running tasks, "
              + path
              + ", cannot be opened; give this user the right to write the folder and some space",
          failure);
    }
  }

  /** What was claimed when the last process ended without closing the ledger. */
  public List<Claim> interrupted() {
    return interrupted;
  }

  /** The task that ran alone at that time; 0 if none did. */
  public long interruptedAlone() {
    return interruptedAlone;
  }

  /** Forgets what the last process left, once the database knows it. */
  public synchronized void forgetInterrupted() {
    takenOver = true;
    LONG.setVolatile(file, ALONE, 0L);
    freeCount = 0;
    for (int slot = SLOTS - 1; slot >= 0; slot--) {
      LONG.setVolatile(file, offset(slot), 0L);
      free[freeCount++] = slot;
    }
  }

  /**
   * Claims a task before it starts; waits while all slots are taken.
   *
   * @return the slot, for {@link #release}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public int claim(long key, long startedAt) throws InterruptedException {
    int slot;
    synchronized (this) {
      while (freeCount == 0) {
        wait();
      }
      slot = free[--freeCount];
      if (!closed) {
        long at = offset(slot);
        LONG.set(file, at + 8, startedAt);
        LONG.setVolatile(file, at, key);
      }
    }
    return slot;
  }

  /** Gives a slot back, once the database knows how the run ended. */
  public synchronized void release(int slot) {
    if (!closed) {
      LONG.setVolatile(file, offset(slot), 0L);
    }
    free[freeCount++] = slot;
    notify();
  }

  /** Says which task runs alone; 0 for none. */
  public synchronized void runsAlone(long key) {
    if (!closed) {
      LONG.setVolatile(file, ALONE, key);
    }
  }

  /**
   * Leaves a ledger without claims, because what ran was put back; but one whose claims nobody took
   * over is left as it was found.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      if (takenOver) {
        forgetInterrupted();
      }
      closed = true;
      arena.close();
    }
  }

  private List<Claim> claims() {
    var found = new ArrayList<Claim>();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (key(slot) != 0) {
        found.add(new Claim(key(slot), (long) LONG.get(file, offset(slot) + 8)));
      }
    }
    return List.copyOf(found);
  }

  private long key(int slot) {
    return (long) LONG.get(file, offset(slot));
  }

  private static long offset(int slot) {
    return HEADER + slot * SLOT;
  }

  /** Writes the whole file, because a hole would fault when the disk is full. */
  private static void allocate(FileChannel channel) throws IOException {
    if (channel.size() < SIZE) {
      channel.write(ByteBuffer.allocate((int) (SIZE - channel.size())), channel.size());
      channel.force(true);
    }
  }
}
