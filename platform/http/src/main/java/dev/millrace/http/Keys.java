package dev.millrace.http;

import java.util.Optional;

/** Knows which keys are valid and what they allow. Thread-safe. */
@FunctionalInterface
public interface Keys {
  /**
   * The role of a caller.
   *
   * @param key what the client sent in {@code Authorization: Bearer}; empty if it sent nothing
   * @return empty if the key is not valid, or if there must be one
   */
  Optional<Role> roleOf(String key);

  /** Everybody may do everything: for a server that only this machine reaches. */
  static Keys none() {
    return new Unlocked();
  }
}
