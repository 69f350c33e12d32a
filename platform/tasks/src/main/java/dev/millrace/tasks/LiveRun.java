package dev.millrace.tasks;

import dev.millrace.store.TxWork;
import dev.millrace.tasks.Transition.Event;
import dev.millrace.tasks.adaptive.AutoLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run under way.
 *
 * <p>Its lock guards the handler's thread: an interrupt is only sent between {@link #begin} and
 * {@link #end}, so it cannot hit the next run of that thread. The lock is never held while another
 * one is taken.
 */
final class LiveRun implements Run {
  /** Why a handler is asked to end. */
  enum Stop {
    CANCELLED,
    TIME_LIMIT,
    SERVER,
    MEMORY
  }

  final TaskRow row;
  private final Notebook notebook;
  private final List<String> tags;

  /** Guarded by this. */
  private @Nullable Thread thread;

  private volatile @Nullable Stop stop;
  private volatile long startedAt;
  private volatile @Nullable Instant deadline;
  private volatile @Nullable Progress progress;
  private volatile boolean progressUnwritten;
  private volatile boolean details;

  /** The ledger's slot; -1 before it is claimed. Passed on with the run. */
  int slot = -1;

  /** What it counts for; guarded by the lock of {@link Gates}, and by nobody after its end. */
  List<Gate> gates = List.of();

  /** The parts of its handler that it is in; guarded as {@link #gates}. */
  final List<Gate> parts = new ArrayList<>();

  /** The parts for which there is room as soon as it comes to them; guarded as {@link #gates}. */
  final List<Gate> promisedParts = new ArrayList<>();

  /** The gate that holds it up, if it only runs to write that down; set before others see it. */
  @Nullable String parksAt;

  /** Where it waits for others that are handled with it; null if it does not. */
  volatile @Nullable Gathering gathering;

  /** The chunk whose handler it is in; null for none. */
  volatile @Nullable OpenChunk<?, ?> chunk;

  /** What learns from how long it takes; null for nothing. Set before others see it. */
  @Nullable AutoLimit auto;

  /** How many ran in its queue when it began, itself among them. */
  int atOnce = 1;

  /** What follows from its success in the same commit; null for nothing beside the usual. */
  volatile @Nullable Sequel sequel;

  /** Confined to the handler. */
  private final Set<String> steps = new HashSet<>();

  private int sleeps;
  private final Map<String, Integer> signals = new HashMap<>();

  private @Nullable TxWork<? extends Exception> finish;
  private @Nullable Hold hold;

  private volatile Redaction.@Nullable Veil veil;

  /** Guarded by this: lines that are not known to be in the database. */
  private final List<LogEntry> lines = new ArrayList<>();

  private long lastLine;
  private int lineCount;

  LiveRun(TaskRow row, Notebook notebook) {
    this.row = row;
    this.notebook = notebook;
    this.tags = Json.tags(row.tags());
    this.details = row.details();
  }

  /** What came with a signal. */
  @Nullable String opened(String signal, @Nullable String stored) {
    return notebook.opened(this, signal, stored);
  }

  /** What hides in texts of this run; given before the handler starts. */
  void veil(Redaction.Veil over) {
    veil = over;
  }

  /** A text of this run as it may be kept and shown. */
  String veiled(String text) {
    Redaction.Veil over = veil;
    return over == null ? text : over.over(text);
  }

  /** The handler starts on this thread. */
  synchronized void begin(@Nullable Instant deadline) {
    this.deadline = deadline;
    thread = Thread.currentThread();
    if (stop != null) {
      thread.interrupt();
    }
  }

  /** The handler has returned: no interrupt comes any more, and one that came is forgotten. */
  @SuppressWarnings("ThreadInterruptedClearsFlag")
  void end() {
    synchronized (this) {
      thread = null;
    }
    boolean _ = Thread.interrupted();
  }

  /** Asks the handler to end; the first reason counts. */
  void stop(Stop reason) {
    synchronized (this) {
      if (stop == null) {
        stop = reason;
      }
      if (thread != null) {
        thread.interrupt();
      }
    }
    Gathering waits = gathering;
    if (waits != null) {
      waits.leave(this);
    }
    OpenChunk<?, ?> together = chunk;
    if (together != null) {
      together.told(reason);
    }
  }

  /** When the time limit of its chunk ends. */
  void deadline(@Nullable Instant ofChunk) {
    deadline = ofChunk;
  }

  @Nullable Stop stopped() {
    return stop;
  }

  void startedAt(long millis) {
    startedAt = millis;
  }

  long startedAt() {
    return startedAt;
  }

  @Nullable Progress progress() {
    return progress;
  }

  boolean hasDetails() {
    return details;
  }

  void detailsWritten() {
    details = true;
  }

  @Nullable TxWork<? extends Exception> finishWork() {
    return finish;
  }

  /** What is not in the database yet. */
  synchronized Notes unwritten() {
    return new Notes(progressUnwritten ? progress : null, List.copyOf(lines));
  }

  /** Forgets what a commit has written. */
  synchronized void written(Notes notes) {
    if (!notes.lines().isEmpty()) {
      long last = notes.lines().getLast().at();
      lines.removeIf(line -> line.at() <= last);
    }
    if (Objects.equals(notes.progress(), progress)) {
      progressUnwritten = false;
    }
  }

  /**
   * Progress and lines between the handler and the database.
   *
   * @param progress null if the newest one is written
   */
  record Notes(@Nullable Progress progress, List<LogEntry> lines) {
    boolean isEmpty() {
      return progress == null && lines.isEmpty();
    }
  }

  TaskChange change(TaskState state, @Nullable String error, Instant at) {
    return TaskChange.of(row, state, attempt(), at, tags, progress, error);
  }

  @Override
  public TaskId id() {
    return row.id();
  }

  @Override
  public String type() {
    return row.type();
  }

  @Override
  public String queue() {
    return row.queue();
  }

  @Override
  public int attempt() {
    return row.attempt() + 1;
  }

  @Override
  public List<String> tags() {
    return tags;
  }

  @Override
  public Optional<String> tenant() {
    return Optional.ofNullable(row.tenant());
  }

  @Override
  public Optional<String> key() {
    return Optional.ofNullable(row.subject());
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.ofNullable(row.traceparent());
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  @Override
  public boolean cancelled() {
    return stop != null;
  }

  @Override
  public void progress(long done, long total, @Nullable String message) {
    String kept = message == null ? null : Texts.shortened(veiled(message), Limits.MESSAGE);
    synchronized (this) {
      progress = new Progress(done, total, kept);
      progressUnwritten = true;
    }
    notebook.noted(this, true);
  }

  @Override
  public void log(LogLine.Level level, String said) {
    String text = veiled(said);
    synchronized (this) {
      if (++lineCount > Limits.LOG_LINES) {
        return;
      }
      lastLine = Math.max(lastLine + 1, LogEntry.micros(notebook.now()));
      boolean last = lineCount == Limits.LOG_LINES;
      String kept =
          last ? "no further lines of this run are kept" : Texts.shortened(text, Limits.LOG_LINE);
      lines.add(new LogEntry(lastLine, level, kept));
    }
    notebook.noted(this, false);
  }

  @Override
  public <T> T step(String name, Class<T> result, Callable<T> work) throws Exception {
    claimStep(name);
    String known = details ? notebook.findStep(this, name) : null;
    if (known != null) {
      return Json.MAPPER.readValue(known, result);
    }
    Instant from = notebook.now();
    T done = work.call();
    String json = Json.MAPPER.writeValueAsString(done);
    if (json.length() > Limits.PAYLOAD) {
      throw new FatalFailure(
          "the result of step '"
              + name
              + "' has "
              + json.length()
              + " characters of JSON; up to "
              + Limits.PAYLOAD
              + " are kept, so put it into a table or file and answer where it is");
    }
    notebook.addStep(this, name, from, json);
    return done;
  }

  @Override
  public void step(String name, Action work) throws Exception {
    step(
        name,
        Boolean.class,
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public <T> T limited(String limit, Duration wait, Callable<T> work) throws Exception {
    if (wait.isNegative() || wait.compareTo(Limits.LONGEST_WAIT) > 0) {
      throw Limits.option("wait", wait, "Wait PT0S to " + Limits.LONGEST_WAIT + ".");
    }
    requireGoingOn("limit '" + limit + "'");
    notebook.pauses().parts.enter(this, limit, wait);
    try {
      return work.call();
    } finally {
      notebook.pauses().parts.leave(this, limit);
    }
  }

  @Override
  public void limited(String limit, Duration wait, Action work) throws Exception {
    limited(
        limit,
        wait,
        () -> {
          work.run();
          return true;
        });
  }

  private void requireGoingOn(String before) {
    if (stop != null) {
      throw new CancellationException("the run was asked to end before " + before);
    }
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    if (time.isNegative() || time.compareTo(Limits.LONGEST_WAIT) > 0) {
      throw Limits.option("time", time, "Sleep PT0S to " + Limits.LONGEST_WAIT + ".");
    }
    String step = "sleep #" + ++sleeps;
    claimStep(step);
    notebook.pauses().sleep(this, step, time);
  }

  @Override
  public <T> Optional<T> awaitSignal(String name, Class<T> payload, Duration limit)
      throws InterruptedException {
    Signals.checkName(name);
    if (limit.isNegative() || limit.compareTo(Limits.LONGEST_WAIT) > 0) {
      throw Limits.option("limit", limit, "Wait PT0S to " + Limits.LONGEST_WAIT + ".");
    }
    String step = "signal " + name + " #" + signals.merge(name, 1, Integer::sum);
    claimStep(step);
    return notebook
        .pauses()
        .awaitSignal(this, step, name, limit)
        .map(json -> Json.MAPPER.treeToValue(json, payload));
  }

  @Override
  public boolean awaitSignal(String name, Duration limit) throws InterruptedException {
    return awaitSignal(name, JsonNode.class, limit).isPresent();
  }

  @Override
  public <I, O> Children<O> children(String name, TaskType<I, O> type, Iterable<? extends I> inputs)
      throws InterruptedException {
    claimStep("children " + name);
    return notebook.pauses().children(this, name, type, inputs);
  }

  @Override
  public <I, O> @Nullable O child(String name, TaskType<I, O> type, I input)
      throws InterruptedException {
    return children(name, type, List.of(input)).results().getFirst();
  }

  /** Gives way: the handler is left by what this returns, to be thrown. */
  Suspension suspend(Hold reason) {
    hold = reason;
    return new Suspension("the run waits; let this pass, the task goes on later");
  }

  /** What the run waits for; null if it came to its end. */
  @Nullable Hold hold() {
    return hold;
  }

  private void claimStep(String name) {
    requireGoingOn("step '" + name + "'");
    if (name.isBlank() || name.length() > Limits.UNIQUE_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "step name '"
              + Texts.shortened(name, 80)
              + "' is not allowed; use 1 to "
              + Limits.UNIQUE_KEY_LENGTH
              + " characters");
    }
    if (!steps.add(name)) {
      throw new IllegalStateException(
          "step '"
              + name
              + "' was used before in this run; give every step a name of its own, such"
              + " as '"
              + name
              + "-2'");
    }
    if (steps.size() > Limits.STEPS) {
      throw new FatalFailure(
          "a task has up to " + Limits.STEPS + " steps; put several pieces of work into one step");
    }
  }

  @Override
  public void finish(TxWork<? extends Exception> work) {
    if (finish != null) {
      throw new IllegalStateException(
          "finish was called before in this run; put all work into one call");
    }
    finish = work;
  }

  /** The outcome of a run that does not start, but waits for room at a gate. */
  Outcome parked(String gate, long at) {
    return new Outcome(
        row,
        this,
        Event.HELD,
        row.attempt(),
        0,
        at,
        0,
        null,
        null,
        null,
        null,
        row.details(),
        List.of(),
        Hold.limit(gate),
        null);
  }

  /** The outcome of this run; the caller says what happened. */
  Outcome outcome(
      Event event,
      long endedAt,
      long runAt,
      @Nullable String output,
      @Nullable String error,
      @Nullable String trace) {
    Notes notes = unwritten();
    boolean counts = event != Event.PUT_BACK && event != Event.SLEPT && event != Event.HELD;
    int number = counts ? attempt() : row.attempt();
    return new Outcome(
        row,
        this,
        event,
        number,
        Math.max(1, startedAt),
        endedAt,
        runAt,
        output,
        error,
        trace,
        progress,
        details,
        notes.lines(),
        hold,
        null);
  }
}
