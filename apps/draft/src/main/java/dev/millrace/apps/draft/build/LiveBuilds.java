package dev.millrace.apps.draft.build;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The builds that run in this process, for those who watch. Thread-safe. */
public final class LiveBuilds {
  private final Map<String, Live> builds = new ConcurrentHashMap<>();

  /** How the build of a draft stands, if it runs. */
  public Optional<Live> find(String draft) {
    return Optional.ofNullable(builds.get(draft));
  }

  void put(String draft, Live live) {
    builds.put(draft, live);
  }

  void remove(String draft) {
    builds.remove(draft);
  }
}
