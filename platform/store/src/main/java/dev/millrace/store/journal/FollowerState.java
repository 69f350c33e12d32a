package dev.millrace.store.journal;

/** How a follower stands. */
public enum FollowerState {
  /** Comes after the commits, perhaps between two attempts. */
  RUNNING,
  /** Failed too often at one place and waits there for {@link Follower#redrive}. */
  PARKED,
  /** Was so far behind that its next events were trimmed; it has to be rebuilt. */
  LOST
}
