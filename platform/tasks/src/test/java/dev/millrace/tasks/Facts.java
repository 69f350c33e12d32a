package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a random round has asked for, was told and has seen: the model beside the tasks. Outlives
 * the engines of a round. Thread-safe.
 */
final class Facts {
  private static final int LAST = 25;

  /** A task that was acknowledged. */
  static final class Known {
    final TaskId id;
    final String type;
    final List<TaskId> after;

    /** Counts requests to drive it again, before each and behind it. */
    private final AtomicInteger drives = new AtomicInteger();

    private final AtomicInteger driving = new AtomicInteger();

    /** What {@link #drives} was when a cancellation was acknowledged; -1 for never. */
    private volatile int cancelled = -1;

    private volatile boolean deleted;

    Known(TaskId id, String type, List<TaskId> after) {
      this.id = id;
      this.type = type;
      this.after = after;
    }

    /** Whether it must be and stay cancelled: nothing drove it again since that was asked for. */
    boolean isCancelled() {
      return driving.get() == 0 && cancelled == drives.get();
    }

    boolean mayBeDeleted() {
      return deleted;
    }

    boolean wasDriven() {
      return drives.get() > 0;
    }

    void drive(Runnable request) {
      driving.incrementAndGet();
      drives.incrementAndGet();
      try {
        request.run();
      } finally {
        drives.incrementAndGet();
        driving.decrementAndGet();
      }
    }

    /** To be asked for before a cancellation. */
    int age() {
      return drives.get();
    }

    /** A cancellation was acknowledged that was asked for at that age. */
    void cancelled(int since) {
      cancelled = since;
    }
  }

  private final long from = System.nanoTime();
  private final Queue<String> history = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<TaskId, Known> known = new ConcurrentHashMap<>();
  private final Map<TaskId, Integer> atWork = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> together = new ConcurrentHashMap<>();
  private final Set<String> steps = ConcurrentHashMap.newKeySet();
  private final Map<String, TaskId> callbacks = new ConcurrentHashMap<>();

  private volatile boolean deletes;

  void note(String what) {
    history.add((System.nanoTime() - from) / 1_000 + " µs " + what);
  }

  void wrong(String what) {
    note("WRONG " + what);
    wrong.add(what);
  }

  boolean isAllWell() {
    return wrong.isEmpty();
  }

  /** Somebody asks for the deletion of that task. */
  void deleting(TaskId id) {
    Known task = known.get(id);
    if (task != null) {
      task.deleted = true;
    }
    deletes = true;
  }

  void submitted(TaskId id, String type, List<TaskId> after) {
    known.putIfAbsent(id, new Known(id, type, after));
  }

  /** Whether tasks may have left history before their time. */
  boolean isAnyDeleted() {
    return deletes;
  }

  Known of(TaskId id) {
    return known.get(id);
  }

  List<Known> all() {
    return List.copyOf(known.values());
  }

  // What handlers see.

  void began(TaskId id, int generation, TaskState state) {
    note("begins " + id + " in " + generation);
    if (state != TaskState.RUNNING) {
      wrong("task " + id + " runs although it is " + state.word());
    }
    Known task = known.get(id);
    if (task != null && task.isCancelled()) {
      wrong("task " + id + " runs although its cancellation was acknowledged");
    }
    Integer other = atWork.put(id, generation);
    if (other != null && other == generation) {
      wrong("task " + id + " runs twice at once");
    }
  }

  void left(TaskId id, int generation, String how) {
    note("left " + id + " in " + generation + " " + how);
    atWork.remove(id, generation);
  }

  /** One more of these at once; counts them against {@code most}. */
  void enter(String what, int most) {
    int now = together.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
    if (now > most) {
      wrong(now + " of " + what + " at once, " + most + " are allowed");
    }
  }

  void exit(String what) {
    together.get(what).decrementAndGet();
  }

  void stepBegins(TaskId id, String step) {
    if (steps.contains(id + step)) {
      wrong("step " + step + " of task " + id + " is done again");
    }
  }

  void stepIsKept(TaskId id, String step) {
    steps.add(id + step);
  }

  void calledBack(String what, TaskId by) {
    TaskId other = callbacks.putIfAbsent(what, by);
    if (other != null && !other.equals(by)) {
      wrong("callback " + what + " was submitted as " + other + " and as " + by);
    }
  }

  /** All that happened. */
  List<String> log() {
    return List.copyOf(history);
  }

  /** What is wrong, with what happened to the tasks concerned. */
  String report() {
    var text = new StringBuilder();
    wrong.stream().distinct().limit(12).forEach(what -> text.append("\n* ").append(what));
    Set<String> ids = ConcurrentHashMap.newKeySet();
    wrong.stream().limit(6).forEach(what -> ids.addAll(idsIn(what)));
    for (String id : ids) {
      text.append("\nhistory of ").append(id).append(':');
      lines(id).forEach(line -> text.append("\n  ").append(line));
    }
    text.append("\njust before that:");
    before().forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }

  /** What led to the first that is wrong; more of it if no task is to blame. */
  private List<String> before() {
    List<String> all = List.copyOf(history);
    int first = 0;
    while (first < all.size() && !all.get(first).contains(" µs WRONG ")) {
      first++;
    }
    int most = wrong.stream().limit(6).allMatch(what -> idsIn(what).isEmpty()) ? 12 * LAST : LAST;
    return all.subList(Math.max(0, first - most), first);
  }

  private List<String> lines(String id) {
    var lines = new ArrayList<>(history.stream().filter(line -> line.contains(id)).toList());
    return lines.size() <= 2 * LAST ? lines : lines.subList(lines.size() - 2 * LAST, lines.size());
  }

  private static List<String> idsIn(String text) {
    return java.util.regex.Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        .matcher(text)
        .results()
        .map(java.util.regex.MatchResult::group)
        .toList();
  }
}
