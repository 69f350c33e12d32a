package dev.millrace.store.journal;

import dev.millrace.store.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who is told of new events: followers are woken, subscriptions are handed the events. Thread-safe.
 */
final class Listeners {
  private final CopyOnWriteArrayList<FollowerLoop> followers = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private volatile long latest;

  Listeners(long latest) {
    this.latest = latest;
  }

  /** The newest commit that has events. Set before the commit's position is told to anybody. */
  long latest() {
    return latest;
  }

  void add(FollowerLoop follower) {
    followers.add(follower);
  }

  void remove(FollowerLoop follower) {
    followers.remove(follower);
  }

  List<FollowerLoop> followers() {
    return List.copyOf(followers);
  }

  /**
   * @throws IllegalStateException if there are {@code limit} already
   */
  synchronized void add(Subscription subscription, int limit) {
    if (subscriptions.size() >= limit) {
      throw new IllegalStateException(
          limit + " live subscriptions are open; close some, or raise subscriptions");
    }
    subscriptions.add(subscription);
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  /**
   * Called on the writer's thread after a commit.
   *
   * @param types of its events
   */
  void published(long history, List<JournalRow> rows, Set<String> types) {
    long number = rows.getFirst().number();
    long before = latest;
    // Those whom it does not concern are moved on first, so that none of them seems to be behind.
    List<FollowerLoop> concerned = new ArrayList<>();
    for (FollowerLoop follower : followers) {
      if (follower.isConcerned(types) || !follower.pass(before, number)) {
        concerned.add(follower);
      }
    }
    latest = number;
    concerned.forEach(FollowerLoop::wake);
    if (subscriptions.isEmpty()) {
      return;
    }
    var begin = new Cursor(new Position(history, number), -1);
    for (JournalRow row : rows) {
      for (Event event : row.eventsAfter(begin)) {
        for (Subscription subscription : subscriptions) {
          subscription.offer(event);
        }
      }
    }
  }

  void closeSubscriptions() {
    subscriptions.forEach(Subscription::close);
  }
}
