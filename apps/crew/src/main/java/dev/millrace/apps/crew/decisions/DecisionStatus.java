package dev.millrace.apps.crew.decisions;

import java.util.Locale;
import java.util.Set;

/** What has become of a decision. */
public enum DecisionStatus {
  PROPOSED,
  ACCEPTED,
  REJECTED,
  DEPRECATED,
  /** Another one stands in its place. */
  SUPERSEDED;

  /** The states that it may go to. */
  public Set<DecisionStatus> next() {
    return switch (this) {
      case PROPOSED -> Set.of(ACCEPTED, REJECTED, SUPERSEDED);
      case ACCEPTED -> Set.of(DEPRECATED, SUPERSEDED);
      case REJECTED -> Set.of(PROPOSED);
      case DEPRECATED -> Set.of(SUPERSEDED);
      case SUPERSEDED -> Set.of();
    };
  }

  /** As it is written in the database and on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DecisionStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
