package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A read on its way through the queue and back, which can be cancelled meanwhile. */
final class Read<T extends @Nullable Object, E extends Exception> extends Pending<T> {
  private final ReadWork<T, E> work;

  /** Set while a reader runs this; guarded by this, as is telling the session to stop. */
  private @Nullable Session running;

  private volatile @Nullable StoreException cancelled;
  private volatile long since;

  Read(ReadWork<T, E> work) {
    this.work = work;
  }

  void began(long tick) {
    since = tick;
  }

  /** When it began, on the store's ticker. */
  long since() {
    return since;
  }

  T run(Session session) throws E {
    synchronized (this) {
      running = session;
    }
    var view = new ReaderView(session, this);
    try {
      requireWanted();
      return work.run(view);
    } finally {
      view.end();
      synchronized (this) {
        running = null;
      }
    }
  }

  /** Stops the running statement and every later one; {@code why} is what the caller gets. */
  void cancel(StoreException why) {
    synchronized (this) {
      if (cancelled == null) {
        cancelled = why;
      }
      if (running != null) {
        try {
          running.interrupt();
        } catch (SQLException closed) {
          why.addSuppressed(closed);
        }
      }
    }
  }

  /** The reason for which this was cancelled, if it was. */
  @Nullable StoreException cancelled() {
    return cancelled;
  }

  void requireWanted() {
    StoreException why = cancelled;
    if (why != null) {
      throw new StoreException(why.reason(), String.valueOf(why.getMessage()), why);
    }
  }

  static StoreException interrupted() {
    return new StoreException(
        Reason.INTERRUPTED, "the thread was interrupted, so its read was stopped");
  }
}
