package dev.millrace.http;

import java.util.Optional;

/** The absence of keys, as a type that the server recognises. */
record Unlocked() implements Keys {
  @Override
  public Optional<Role> roleOf(String key) {
    return Optional.of(Role.ADMIN);
  }
}
