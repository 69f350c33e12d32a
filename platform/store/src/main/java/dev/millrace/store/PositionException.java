package dev.millrace.store;

/**
 * A position was asked for that this database does not have: it belongs to another history, or it
 * has not come yet. A server answers with 412.
 */
public final class PositionException extends RuntimeException {
  private final Position sought;
  private final Position current;

  public PositionException(Position sought, Position current) {
    super(
        sought.history() == current.history()
            ? "position "
                + sought
                + " has not come yet, this database is at "
                + current
                + "; ask the server that gave it"
            : "position "
                + sought
                + " belongs to another history than this database ("
                + current
                + "), which was restored or replaced since; read again without it");
    this.sought = sought;
    this.current = current;
  }

  public Position sought() {
    return sought;
  }

  /** Where the database was when it refused. */
  public Position current() {
    return current;
  }
}
