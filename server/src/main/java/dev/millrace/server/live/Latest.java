package dev.millrace.server.live;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a read of the store said last, read again only when there was a commit since: many pages may
 * ask once a second. Thread-safe.
 */
public final class Latest<T> implements Supplier<T> {
  private final Supplier<?> position;
  private final Supplier<T> read;
  private @Nullable Object at;
  private @Nullable T value;

  /**
   * @param position of the newest commit
   */
  public Latest(Supplier<?> position, Supplier<T> read) {
    this.position = position;
    this.read = read;
  }

  @Override
  public synchronized T get() {
    Object now = position.get();
    T known = value;
    if (known == null || !now.equals(at)) {
      known = read.get();
      value = known;
      at = now;
    }
    return known;
  }
}
