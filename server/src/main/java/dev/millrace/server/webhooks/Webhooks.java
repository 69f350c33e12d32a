package dev.millrace.server.webhooks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.journal.Event;
import dev.millrace.store.journal.Follower;
import dev.millrace.store.journal.FollowerSpec;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.FatalFailure;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.RetryPolicy;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.SealedException;
import dev.millrace.tasks.Sealing;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.TasksChanged;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells web hooks what becomes of tasks, at least once and in general in order. Thread-safe.
 *
 * <p>A follower of the journal writes each message into the log of deliveries and submits a task
 * that delivers it, in one commit, so that a message that comes again after a crash is known. The
 * follower only runs while there is a web hook that is enabled: without one nothing is read.
 */
public final class Webhooks implements AutoCloseable {
  /** The type of the tasks that deliver. */
  public static final String TYPE = "millrace.webhook";

  /** Their queue. */
  public static final String QUEUE = "webhooks";

  static final int MOST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final String FOLLOWER = "webhooks";
  private static final int AT_ONCE = 32;

  /** Events, and messages, that are handled in one go. */
  private static final int EVENTS = 50;

  private static final int MESSAGES = 200;
  private static final Duration TIDY_EVERY = Duration.ofHours(1);

  private final Store store;
  private final Journal journal;
  private final Tasks tasks;
  private final WebhookSettings settings;
  private final InstantSource clock;
  private final Sender sender;
  private final TaskType<Ordered, Delivered> type;
  private volatile List<Webhook> enabled = List.of();
  private @Nullable Follower follower;
  private @Nullable Thread tidier;

  /** What a delivery is asked for. */
  record Ordered(String webhook, String message, String event, String about, String body) {}

  /** The answer of the receiver. */
  record Delivered(int status, long tookMs) {}

  /** A message that is to go to a web hook. */
  private record Wanted(Webhook hook, Message message) {}

  /**
   * @param folder of the server's data
   */
  public Webhooks(
      Store store,
      Journal journal,
      Tasks tasks,
      WebhookSettings settings,
      Path folder,
      InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.tasks = tasks;
    this.settings = settings;
    this.clock = clock;
    sender = new Sender(settings, folder.resolve("webhooks"), clock);
    type =
        TaskType.io(TYPE, Ordered.class, Delivered.class, this::deliver)
            .withQueue(QUEUE)
            .withRetry(
                RetryPolicy.defaults()
                    .withAttempts(settings.attempts())
                    .withDelays(Duration.ofSeconds(5), Duration.ofHours(6))
                    .withFactor(3.5));
    store.migrate(WebhookTable.MIGRATIONS);
    tasks.defaultConcurrency(QUEUE, AT_ONCE);
    tasks.register(type);
  }

  /** Begins to follow, once tasks are started. */
  public synchronized void start() {
    seal();
    reload();
    tidier = Thread.ofVirtual().name("webhooks-tidy").start(this::tidy);
  }

  /** Seals secrets that stand there as they are, or under an older key. */
  private void seal() {
    Sealing sealing = tasks.sealing();
    for (Webhook hook : list()) {
      if (hook.secrets().areFresh(sealing)) {
        continue;
      }
      try {
        Secrets sealed = hook.secrets().resealed(hook.name(), sealing);
        store.write(tx -> WebhookTable.secrets(tx, hook.name(), sealed));
      } catch (SealedException closed) {
        LOG.warn("web hook {} cannot sign: {}", hook.name(), closed.getMessage());
      }
    }
  }

  /** Follows as long as somebody wants to know. */
  private synchronized void reload() {
    List<Webhook> all = list();
    enabled = all.stream().filter(Webhook::enabled).toList();
    if (!enabled.isEmpty() && follower == null) {
      follower =
          journal.start(
              FollowerSpec.named(FOLLOWER)
                  .on(TasksChanged.TYPE)
                  .beginningNow()
                  .withBatch(EVENTS)
                  .handledOutsideBy(this::tell));
    } else if (enabled.isEmpty() && follower != null) {
      follower.close();
      follower = null;
    }
    if (enabled.isEmpty()) {
      // A place that nobody goes on from would hold the journal back.
      journal.forget(FOLLOWER);
    }
  }

  private void tidy() {
    try {
      while (true) {
        long before = clock.instant().minus(settings.keep()).toEpochMilli();
        store.deleteInPieces("webhook_deliveries", "created_at < ?", before);
        store.write(tx -> WebhookTable.forgetOld(tx, clock.instant()));
        Thread.sleep(TIDY_EVERY);
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (RuntimeException failure) {
      LOG.warn("old deliveries of web hooks are not cleared away until the next start", failure);
    }
  }

  @Override
  public synchronized void close() {
    if (follower != null) {
      follower.close();
      follower = null;
    }
    if (tidier != null) {
      tidier.interrupt();
    }
    sender.close();
  }

  // From events to deliveries.

  private void tell(List<Event> events) {
    List<Webhook> hooks = enabled;
    var wanted = new ArrayList<Wanted>();
    for (Event event : events) {
      collect(event, hooks, wanted);
    }
    for (int at = 0; at < wanted.size(); at += MESSAGES) {
      List<Wanted> piece = wanted.subList(at, Math.min(wanted.size(), at + MESSAGES));
      store.write(tx -> piece.forEach(each -> order(tx, each)));
    }
  }

  private void collect(Event event, List<Webhook> hooks, List<Wanted> wanted) {
    for (Map.Entry<TaskState, List<TaskId>> change :
        event.as(TasksChanged.TYPE).tasks().entrySet()) {
      TaskState state = change.getKey();
      List<Webhook> told = hooks.stream().filter(hook -> hook.states().contains(state)).toList();
      if (told.isEmpty()) {
        continue;
      }
      for (TaskId id : change.getValue()) {
        // Deliveries are not told about: each would bring about the next.
        Optional<TaskView> task = tasks.find(id).filter(view -> !view.type().equals(TYPE));
        task.ifPresent(view ->
            told.stream()
                .filter(hook -> hook.wants(state, view))
                .forEach(hook -> wanted.add(new Wanted(hook, message(event, state, view)))));
      }
    }
  }

  private Message message(Event event, TaskState state, TaskView view) {
    return Message.of(event, state, view, tasks.encrypts(view.type()));
  }

  private void order(Tx tx, Wanted wanted) {
    String name = wanted.hook.name();
    Message message = wanted.message;
    if (DeliveryTable.isThere(tx, name, message.id())) {
      return;
    }
    TaskId task =
        tasks
            .submit(
                tx,
                type,
                new Ordered(name, message.id(), message.event(), message.about(), message.body()),
                SubmitOptions.defaults().withKey(name))
            .id();
    DeliveryTable.add(tx, name, message, task.toString(), clock.instant());
  }

  // Delivering.

  private Delivered deliver(Run run, Ordered ordered) throws InterruptedException {
    String name = ordered.webhook;
    Webhook hook =
        find(name).orElseThrow(() -> new FatalFailure("web hook '" + name + "' was removed"));
    if (!hook.enabled()) {
      throw new FatalFailure(
          "web hook '" + name + "' is disabled; enable it, then retry this delivery");
    }
    Answer answer =
        send(hook, new Message(ordered.message, ordered.event, ordered.about, ordered.body));
    Instant now = clock.instant();
    if (answer.isTaken()) {
      run.finish(tx -> {
        WebhookTable.well(tx, name);
        DeliveryTable.tried(tx, name, ordered.message, Delivery.State.DELIVERED, answer, now);
      });
      Integer status = answer.status();
      return new Delivered(status == null ? 0 : status, answer.tookMillis());
    }
    failed(run, hook, ordered, answer, now);
    throw new DeliveryFailed("web hook '" + name + "': " + answer.error());
  }

  private Answer send(Webhook hook, Message message) throws InterruptedException {
    return sender.send(
        hook, hook.secrets().signing(hook.name(), clock.instant(), tasks.sealing()), message);
  }

  private void failed(Run run, Webhook hook, Ordered ordered, Answer answer, Instant now) {
    run.log(LogLine.Level.WARN, String.valueOf(answer.error()));
    Webhook.Cause cause = causeToDisable(hook, answer, now);
    boolean last = cause != null || run.attempt() >= settings.attempts();
    boolean disabled =
        store
            .compute(tx -> {
              DeliveryTable.tried(
                  tx,
                  hook.name(),
                  ordered.message,
                  last ? Delivery.State.FAILED : Delivery.State.PENDING,
                  answer,
                  now);
              WebhookTable.failing(tx, hook.name(), now);
              return cause != null && WebhookTable.disable(tx, hook.name(), cause);
            })
            .value();
    if (cause == null) {
      return;
    }
    String why = text(cause, hook);
    if (disabled) {
      LOG.warn("web hook {} is disabled: {}", hook.name(), why);
      // Not here: this may be the follower's doing, and it waits for nobody.
      Thread.ofVirtual().name("webhooks-reload").start(this::reload);
    }
    throw new FatalFailure("web hook '" + hook.name() + "' is disabled: " + why);
  }

  private Webhook.@Nullable Cause causeToDisable(Webhook hook, Answer answer, Instant now) {
    if (answer.isGone()) {
      return Webhook.Cause.GONE;
    }
    Instant since = hook.failingSince();
    return since != null && since.plus(settings.disableAfter()).isBefore(now)
        ? Webhook.Cause.FAILING
        : null;
  }

  private static String text(Webhook.Cause cause, Webhook hook) {
    return switch (cause) {
      case GONE -> "the receiver answered 410: it wants nothing more";
      case FAILING -> "all deliveries have failed since " + hook.failingSince();
    };
  }

  /** An attempt that is worth another one. */
  static final class DeliveryFailed extends RuntimeException {
    DeliveryFailed(String message) {
      super(message);
    }
  }

  // Requests.

  List<Webhook> list() {
    return store.read(WebhookTable::all);
  }

  Optional<Webhook> find(String name) {
    return store.read(view -> WebhookTable.find(view, name));
  }

  /** What is wrong with a URL, as far as that can be told now. */
  Optional<String> problem(String url) {
    return sender.problem(url);
  }

  /** What became of an attempt to add a web hook. */
  enum Added {
    DONE,
    EXISTS,
    FULL
  }

  Added add(Webhook hook) {
    Added added =
        store
            .compute(tx -> {
              if (WebhookTable.find(tx, hook.name()).isPresent()) {
                return Added.EXISTS;
              }
              if (WebhookTable.count(tx) >= MOST) {
                return Added.FULL;
              }
              WebhookTable.add(tx, hook);
              return Added.DONE;
            })
            .value();
    reload();
    return added;
  }

  /** False if there is none of its name. */
  boolean change(Webhook hook) {
    boolean there = store.compute(tx -> WebhookTable.change(tx, hook)).value();
    reload();
    return there;
  }

  boolean remove(String name) {
    boolean there = store.compute(tx -> WebhookTable.remove(tx, name)).value();
    reload();
    return there;
  }

  /** Its only secret, as it is stored. */
  Secrets sealed(String name, Secret secret) {
    return Secrets.of(name, secret, tasks.sealing());
  }

  /** Whether its secret is encrypted in the database. */
  boolean encrypts(Webhook hook) {
    return !tasks.sealing().keyIds().isEmpty() && hook.secrets().areFresh(tasks.sealing());
  }

  /**
   * Gives a web hook a new secret.
   *
   * @param overlap for so long the one so far signs as well
   * @return nothing if there is none of its name
   */
  Optional<Webhook> renew(String name, Secret secret, Duration overlap) {
    Instant now = clock.instant();
    Optional<Webhook> renewed =
        store
            .compute(tx -> {
              WebhookTable.find(tx, name)
                  .ifPresent(hook ->
                      WebhookTable.secrets(
                          tx,
                          name,
                          hook.secrets()
                              .rotated(name, secret, now.plus(overlap), now, tasks.sealing())));
              return WebhookTable.find(tx, name);
            })
            .value();
    reload();
    return renewed;
  }

  /** Sends a message to try a receiver with, once. */
  Answer test(Webhook hook) throws InterruptedException {
    try {
      return send(hook, Message.test(hook.name(), clock.instant()));
    } catch (SealedException closed) {
      return new Answer(null, closed.getMessage(), 0);
    }
  }

  List<Delivery> deliveries(
      String webhook, Delivery.@Nullable State state, long before, int limit) {
    return store.read(view -> DeliveryTable.list(view, webhook, state, before, limit));
  }

  Instant now() {
    return clock.instant();
  }
}
