package dev.millrace.store;

import java.io.ObjectStreamException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * The buffers of Jackson's parsers and generators, one slot for many threads: a thread takes what
 * lies in the slot of its id and puts it back there. An empty slot gives new buffers and a full one
 * loses those that it had, so that no thread ever waits for or searches after another's. Jackson's
 * own pool for virtual threads is one linked queue, which was a twenty-fifth of the processor time
 * of a request that submits a task. Thread-safe.
 */
public final class JsonBuffers implements RecyclerPool<BufferRecycler> {
  /** Shared by all mappers of the process. */
  public static final RecyclerPool<BufferRecycler> POOL = new JsonBuffers();

  private static final long serialVersionUID = 1;

  /** A power of two, more than threads that read or write JSON at the same moment. */
  private static final int SLOTS = 64;

  private final transient AtomicReferenceArray<@Nullable BufferRecycler> slots =
      new AtomicReferenceArray<>(SLOTS);

  private JsonBuffers() {}

  @Override
  public BufferRecycler acquirePooled() {
    BufferRecycler found = slots.getAndSet(slot(), null);
    return found == null ? new BufferRecycler() : found;
  }

  @Override
  public void releasePooled(BufferRecycler buffers) {
    slots.setRelease(slot(), buffers);
  }

  @Override
  public boolean clear() {
    for (int i = 0; i < SLOTS; i++) {
      slots.set(i, null);
    }
    return true;
  }

  private static int slot() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }

  private Object readResolve() throws ObjectStreamException {
    return POOL;
  }
}
