package dev.millrace.http;

/** Who may call an endpoint; each role may do what the ones before it may. */
public enum Role {
  /** Anybody, without a key. */
  PUBLIC,
  /** May look. */
  READER,
  /** May also start, stop and change work. */
  OPERATOR,
  /** May also change the server itself. */
  ADMIN;

  /** Whether this role may do what needs {@code needed}. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
