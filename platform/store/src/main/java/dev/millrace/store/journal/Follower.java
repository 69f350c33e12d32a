package dev.millrace.store.journal;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.TxWork;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A running follower: something that comes after the commits and knows how far. Thread-safe.
 *
 * <p>Its place is saved in the commit of its output, so that no event counts twice or not at all,
 * whatever crashes. A batch that fails is tried again after a growing wait; one that fails too
 * often is parked and holds everything behind it back, visibly.
 */
public final class Follower implements AutoCloseable {
  private final Store store;
  private final FollowerLoop loop;
  private final Listeners listeners;
  private final Follows follows;
  private final InstantSource clock;

  Follower(
      Store store, FollowerLoop loop, Listeners listeners, Follows follows, InstantSource clock) {
    this.store = store;
    this.loop = loop;
    this.listeners = listeners;
    this.follows = follows;
    this.clock = clock;
  }

  public String name() {
    return loop.name();
  }

  public FollowerStatus status() {
    return loop.status();
  }

  /** Everything up to here is in the output. */
  public Position asOf() {
    return loop.asOf();
  }

  /**
   * Waits until the output includes {@code atLeast}.
   *
   * @return false if it does not after {@code timeout}
   * @throws dev.millrace.store.PositionException if the position is of another history or of the
   *     future
   * @throws FollowerException if the follower is lost
   */
  public boolean await(Position atLeast, Duration timeout) throws InterruptedException {
    store.require(atLeast);
    return loop.await(atLeast, timeout);
  }

  /** Tries a parked batch again; does nothing if none is parked. */
  public void redrive() {
    if (loop.status().state() != FollowerState.PARKED) {
      return;
    }
    Cursor place =
        store
            .compute(tx -> {
              FollowerTable.Saved saved = FollowerTable.find(tx, name()).orElseThrow();
              Cursor at = saved.cursor(tx.position().history());
              FollowerTable.place(tx, name(), at, clock.millis());
              return at;
            })
            .value();
    loop.placed(place);
  }

  /**
   * Makes the output anew from the tables, in one commit, and goes on with what comes after.
   *
   * @param work deletes the old output and writes the new one, seeing the tables as they are; for
   *     large outputs see {@link #restartAfter}
   */
  public <E extends Exception> void rebuild(TxWork<E> work) throws E {
    Cursor place =
        store
            .<Cursor, E>compute(tx -> {
              // Works of the same commit may run before and after this one: what they did
              // before is in the tables already, what they do after will be an event.
              JournalBuffer buffer = JournalBuffer.of(tx);
              follows.collect(tx, buffer);
              work.run(tx);
              Cursor at =
                  new Cursor(
                      new Position(tx.position().history(), tx.number()), buffer.events.size() - 1);
              FollowerTable.place(tx, name(), at, clock.millis());
              return at;
            })
            .value();
    loop.placed(place);
  }

  /**
   * Goes on with what comes after {@code position}: for an output that was made, in however many
   * pieces, from a snapshot of that position.
   *
   * @throws dev.millrace.store.PositionException if the position is of another history or of the
   *     future
   */
  public void restartAfter(Position position) {
    store.require(position);
    Cursor place = Cursor.after(position);
    store.write(tx -> FollowerTable.place(tx, name(), place, clock.millis()));
    loop.placed(place);
  }

  /** Stops after the batch it is at. Its place is kept for the next time. */
  @Override
  public void close() {
    listeners.remove(loop);
    loop.close();
  }
}
