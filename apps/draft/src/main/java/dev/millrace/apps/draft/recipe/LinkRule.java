package dev.millrace.apps.draft.recipe;

import java.net.URI;
import java.util.Optional;

/** Decides whether a link may be fetched, as far as can be told without asking the network. */
@FunctionalInterface
public interface LinkRule {
  /** Lets every link pass. */
  static LinkRule any() {
    return link -> Optional.empty();
  }

  /** Why {@code link} is refused and what to do, or nothing. */
  Optional<String> refusal(URI link);
}
