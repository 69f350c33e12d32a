package dev.millrace.outbound;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one thread that talks to aria2: it starts it when there is something to do, hands jobs over,
 * asks for all that is under way in one request, and starts it anew when it is gone; jobs then go
 * on where aria2 last wrote down how far they were. Thread-safe; {@code lock} guards {@code
 * waiting} and {@code closed}, the rest belongs to the thread.
 */
final class Aria2Link implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Aria2Link.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Jobs handed over, or asked for, in one request. */
  private static final int BATCH = 200;

  /** Jobs that aria2 has at one time; callers keep to fewer. */
  private static final int WINDOW = DownloadLimits.MOST_FILES;

  /** Starts in a row that may fail before whoever waits is told. */
  private static final int MOST_FAILED_STARTS = 4;

  /** How often aria2 may forget a job, because somebody restarts it, before the job fails. */
  private static final int MOST_LOSSES = 20;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final Aria2Config config;
  private final Path folder;
  private final Aria2Options options;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<Aria2Job> waiting = new ArrayDeque<>();
  private final List<Aria2Job> given = new ArrayList<>();
  private final List<String> over = new ArrayList<>();
  private final Thread thread;
  private boolean closed;
  private @Nullable Aria2Process aria2;
  private int failedStarts;
  private volatile @Nullable String trouble;

  Aria2Link(Aria2Config config, Path folder, Aria2Options options) {
    this.config = config;
    this.folder = folder;
    this.options = options;
    thread = Thread.ofVirtual().name("outbound-aria2").start(this::run);
  }

  /** Hands a job over; its end is told by {@link Aria2Job#end}. */
  void add(Aria2Job job) {
    lock.lock();
    try {
      if (closed) {
        job.end.complete(new Aria2Job.End.Dropped());
        return;
      }
      waiting.addLast(job);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a job back. What was loaded of it stays. */
  void drop(Aria2Job job) {
    lock.lock();
    try {
      job.dropped = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why aria2 does not work at the moment. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        try {
          turn();
          await(given.isEmpty() ? config.healthEvery() : config.pollEvery());
        } catch (IOException e) {
          lost(e);
        }
      }
    } catch (InterruptedException closing) {
      // The end of it.
    } catch (RuntimeException | Error bug) {
      log.error("the thread that talks to aria2 ended; this is a bug", bug);
      trouble = "the thread that talks to aria2 ended: " + bug;
    } finally {
      end();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0
          && !closed
          && waiting.isEmpty()
          && given.stream().noneMatch(Aria2Link::isToBeRemoved)) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean isToBeRemoved(Aria2Job job) {
    return job.dropped && !job.removing;
  }

  /** One round: jobs over, jobs back, how all stand. */
  private void turn() throws IOException, InterruptedException {
    List<Aria2Job> fresh = takeWaiting();
    given.addAll(fresh);
    if (given.isEmpty()) {
      if (aria2 != null) {
        requireHealth(aria2);
      }
      return;
    }
    Aria2Rpc rpc = opened().rpc();
    List<Aria2Rpc.Call> calls = new ArrayList<>();
    List<Consumer<Aria2Rpc.Answer>> readers = new ArrayList<>();
    for (Aria2Job job : List.copyOf(given)) {
      if (job.gid == null) {
        calls.add(handOver(job));
        readers.add(answer -> handedOver(job, answer));
      } else {
        if (isToBeRemoved(job)) {
          job.removing = true;
          calls.add(new Aria2Rpc.Call("aria2.forceRemove", List.of(text(job.gid))));
          readers.add(_ -> {});
        }
        calls.add(new Aria2Rpc.Call("aria2.tellStatus", List.of(text(job.gid), Aria2Status.KEYS)));
        readers.add(answer -> stands(job, answer));
      }
      if (calls.size() >= BATCH) {
        send(rpc, calls, readers);
      }
    }
    send(rpc, calls, readers);
    forget(rpc);
    failedStarts = 0;
    trouble = null;
  }

  private void send(
      Aria2Rpc rpc, List<Aria2Rpc.Call> calls, List<Consumer<Aria2Rpc.Answer>> readers)
      throws IOException, InterruptedException {
    List<Aria2Rpc.Answer> answers = rpc.calls(calls);
    for (int i = 0; i < answers.size(); i++) {
      readers.get(i).accept(answers.get(i));
    }
    calls.clear();
    readers.clear();
  }

  private List<Aria2Job> takeWaiting() {
    List<Aria2Job> fresh = new ArrayList<>();
    lock.lock();
    try {
      while (given.size() + fresh.size() < WINDOW && !waiting.isEmpty()) {
        Aria2Job job = waiting.removeFirst();
        if (job.dropped) {
          job.end.complete(new Aria2Job.End.Dropped());
        } else {
          fresh.add(job);
        }
      }
    } finally {
      lock.unlock();
    }
    return fresh;
  }

  private Aria2Process opened() throws IOException, InterruptedException {
    Aria2Process running = aria2;
    if (running == null || !running.isAlive()) {
      if (running != null) {
        throw new IOException("aria2 has ended");
      }
      running = Aria2Process.open(config, folder);
      aria2 = running;
    }
    return running;
  }

  private static void requireHealth(Aria2Process running) throws IOException, InterruptedException {
    if (!running.isAlive()) {
      throw new IOException("aria2 has ended");
    }
    var _ = running.rpc().call(new Aria2Rpc.Call("aria2.getVersion", List.of()));
  }

  private Aria2Rpc.Call handOver(Aria2Job job) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    String gid = HexFormat.of().formatHex(id);
    job.gid = gid;
    ArrayNode urls = JSON.createArrayNode();
    urls.add(job.url.toString());
    ObjectNode wanted = options.of(job);
    wanted.put("gid", gid);
    return new Aria2Rpc.Call("aria2.addUri", List.of(urls, wanted));
  }

  private void handedOver(Aria2Job job, Aria2Rpc.Answer answer) {
    if (answer instanceof Aria2Rpc.Answer.Refused(int _, String message)) {
      given.remove(job);
      job.end.complete(
          new Aria2Job.End.Failed(
              new OutboundException(
                  FailureReason.ENGINE, job.url.shown() + " was not taken by aria2: " + message)));
    }
  }

  private void stands(Aria2Job job, Aria2Rpc.Answer answer) {
    switch (answer) {
      case Aria2Rpc.Answer.Value(JsonNode json) -> stands(job, Aria2Status.of(json));
      case Aria2Rpc.Answer.Refused(int _, String message) -> {
        // Somebody restarted it, or cleared its list; the file and how far it is are still here.
        job.gid = null;
        job.removing = false;
        job.losses++;
        if (job.dropped) {
          ended(job, new Aria2Job.End.Dropped());
        } else if (job.losses > MOST_LOSSES) {
          ended(
              job,
              new Aria2Job.End.Failed(
                  new OutboundException(
                      FailureReason.ENGINE,
                      job.url.shown() + " is forgotten by aria2 again and again: " + message)));
        }
      }
    }
  }

  private void stands(Aria2Job job, Aria2Status status) {
    job.completed = status.completed();
    job.total = status.total() > 0 ? status.total() : -1;
    job.active = status.state().equals("active");
    switch (status.state()) {
      case "complete" -> ended(job, new Aria2Job.End.Complete());
      case "removed" -> ended(job, new Aria2Job.End.Dropped());
      case "error" ->
          ended(
              job,
              job.dropped
                  ? new Aria2Job.End.Dropped()
                  : new Aria2Job.End.Failed(
                      Aria2Failures.of(job, status.errorCode(), status.errorMessage())));
      default -> {
        // Under way.
      }
    }
  }

  private void ended(Aria2Job job, Aria2Job.End how) {
    given.remove(job);
    if (job.gid != null) {
      over.add(job.gid);
    }
    job.end.complete(how);
  }

  /** aria2 keeps what is over until it is told to forget it. */
  private void forget(Aria2Rpc rpc) throws IOException, InterruptedException {
    List<Aria2Rpc.Call> calls = new ArrayList<>();
    for (String gid : over) {
      calls.add(new Aria2Rpc.Call("aria2.removeDownloadResult", List.of(text(gid))));
    }
    over.clear();
    var _ = rpc.calls(calls);
  }

  /** aria2 is gone or does not answer: all jobs wait for the next one. */
  private void lost(IOException why) throws InterruptedException {
    String words = String.valueOf(why.getMessage());
    trouble = words;
    closeAria2();
    over.clear();
    for (Aria2Job job : List.copyOf(given)) {
      job.gid = null;
      job.removing = false;
      job.active = false;
      if (job.dropped) {
        given.remove(job);
        job.end.complete(new Aria2Job.End.Dropped());
      }
    }
    failedStarts++;
    if (given.isEmpty()) {
      log.warn("aria2 is gone; it is started again when there is something to do: {}", words);
      return;
    }
    log.warn("aria2 is lost with {} downloads under way, trying again: {}", given.size(), words);
    if (failedStarts > MOST_FAILED_STARTS || why instanceof Aria2Process.Aria2RefusesException) {
      failedStarts = 0;
      for (Aria2Job job : List.copyOf(given)) {
        given.remove(job);
        job.end.complete(
            new Aria2Job.End.Failed(
                new OutboundException(FailureReason.ENGINE, job.url.shown() + ": " + words)));
      }
      return;
    }
    Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (failedStarts - 1)));
  }

  private void end() {
    closeAria2();
    lock.lock();
    try {
      closed = true;
      given.addAll(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    given.forEach(job -> job.end.complete(new Aria2Job.End.Dropped()));
    given.clear();
  }

  private void closeAria2() {
    Aria2Process running = aria2;
    aria2 = null;
    if (running != null) {
      if (!config.isOurs()) {
        removeOurs(running);
      }
      running.close();
    }
  }

  /** Another's aria2 would go on with what nobody waits for. */
  private void removeOurs(Aria2Process running) {
    boolean interrupted = Thread.interrupted();
    try {
      List<Aria2Rpc.Call> calls = new ArrayList<>();
      for (Aria2Job job : given) {
        if (job.gid != null) {
          calls.add(new Aria2Rpc.Call("aria2.forceRemove", List.of(text(job.gid))));
        }
      }
      var _ = running.rpc().calls(calls);
    } catch (IOException gone) {
      log.debug("aria2 does not answer; its downloads of ours are left to it", gone);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().stringNode(value);
  }
}
