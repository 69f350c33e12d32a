package dev.millrace.contracts.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Event;
import dev.millrace.store.journal.FollowerSpec;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.BatchCallbacks;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.Children;
import dev.millrace.tasks.RetryPolicy;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.Submission;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskPage;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.TasksChanged;
import dev.millrace.tasks.TasksConfig;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.testkit.Signal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process in which everything that tasks can do is at work at once, until somebody kills it. It
 * says what happened as {@link Line}s; each is a single write, so what a reader got did happen.
 * Arguments: folder, rounds of submissions, seed.
 */
final class Mill {
  static final int PARTS = 12;
  static final int BATCH = 8;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final PrintStream OUT = System.out;

  record Job(int n, int millis) {}

  record Answer(int n) {}

  private final Tasks tasks;
  private final TaskType<Job, Answer> part;
  private final TaskType<Job, Answer> steps;
  private final TaskType<Job, Answer> nap;
  private final TaskType<Job, Answer> order;
  private final TaskType<Job, Answer> fan;
  private final TaskType<Job, Answer> tally;

  private Mill(Tasks tasks) {
    this.tasks = tasks;
    part =
        TaskType.io("part", Job.class, Answer.class, Mill::part)
            .withQueue("parts")
            .withConcurrency(6)
            .withRetry(
                RetryPolicy.defaults()
                    .withAttempts(50)
                    .withDelays(Duration.ofMillis(2), Duration.ofMillis(10)));
    steps = TaskType.io("steps", Job.class, Answer.class, Mill::steps);
    nap = TaskType.io("nap", Job.class, Answer.class, Mill::nap);
    order = TaskType.io("order", Job.class, Answer.class, Mill::order);
    fan = TaskType.io("fan", Job.class, Answer.class, this::fan);
    tally = TaskType.io("tally", Job.class, Answer.class, Mill::tally).withConcurrencyPerKey(1);
    List.of(part, steps, nap, order, fan, tally).forEach(tasks::register);
  }

  // The bodies.

  /** Fails now and then, and leaves a row that may be there once. */
  private static Answer part(Run run, Job job) throws Exception {
    say(Line.BODY, run.id());
    Thread.sleep(job.millis());
    if (new SplittableRandom(System.nanoTime()).nextInt(10) == 0) {
      throw new IllegalStateException("a bad moment");
    }
    run.finish(tx -> tx.update("INSERT INTO effects (task) VALUES (?)", run.id().toString()));
    return new Answer(2 * job.n());
  }

  private static Answer steps(Run run, Job job) throws Exception {
    say(Line.BODY, run.id());
    int sum = 0;
    for (String name : List.of("one", "two", "three")) {
      sum +=
          run.step(
                  name,
                  Answer.class,
                  () -> {
                    Thread.sleep(job.millis());
                    say(Line.STEP, run.id(), name);
                    return new Answer(job.n());
                  })
              .n();
    }
    return new Answer(sum);
  }

  private static Answer nap(Run run, Job job) throws Exception {
    say(Line.BODY, run.id());
    run.step("before", () -> say(Line.STEP, run.id(), "before"));
    run.sleep(Duration.ofMillis(20L * job.millis()));
    run.step("after", () -> say(Line.STEP, run.id(), "after"));
    return new Answer(job.n());
  }

  private static Answer order(Run run, Job job) throws Exception {
    say(Line.BODY, run.id());
    run.step("charge", () -> say(Line.STEP, run.id(), "charge"));
    Answer said =
        run.awaitSignal("go", Answer.class, Duration.ofHours(1))
            .orElseThrow(() -> new IllegalStateException("nobody said go"));
    run.step("ship", () -> say(Line.STEP, run.id(), "ship"));
    return said;
  }

  private Answer fan(Run run, Job job) throws Exception {
    say(Line.BODY, run.id());
    Children<Answer> children =
        run.children(
            "parts",
            part,
            IntStream.rangeClosed(1, PARTS).mapToObj(i -> new Job(i, job.millis())).toList());
    return new Answer(children.results().stream().mapToInt(Answer::n).sum());
  }

  private static Answer tally(Run run, Job job) {
    say(Line.BODY, run.id());
    return new Answer(job.n());
  }

  private static Workflow flow() {
    JsonNode job = JSON.readTree("{\"n\": 1, \"millis\": 1}");
    return Workflow.of(
        "flow",
        Stage.parallel("make", StageTask.of("a", "part", job), StageTask.of("b", "steps", job))
            .withSync(SyncPoint.quorum(2)),
        Stage.parallel(
                "each",
                StageTask.of("c", "part", JSON.readTree("{\"n\": \"{{item}}\", \"millis\": 1}"))
                    .withForEach("{{input.items}}"))
            .withAfter("make"),
        Stage.sequential("end", StageTask.of("d", "nap", job), StageTask.of("e", "part", job))
            .withAfter("each"));
  }

  // The process.

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    var random = new SplittableRandom(Long.parseLong(args[2]));
    Store store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    store.write(tx -> {
      tx.update("CREATE TABLE IF NOT EXISTS effects (task TEXT PRIMARY KEY)");
      tx.update("CREATE TABLE IF NOT EXISTS counted (task TEXT PRIMARY KEY)");
    });
    Journal journal = Journal.open(store);
    var config = TasksConfig.defaults().withConcurrency(16).withTrialTime(Duration.ofSeconds(5));
    Tasks tasks = Tasks.on(store, folder).journal(journal).config(config).build();
    var mill = new Mill(tasks);
    tasks.start();
    journal.start(
        FollowerSpec.named("counted")
            .on(TasksChanged.TYPE)
            .handledBy((tx, events) -> {
              for (Event event : events) {
                for (TaskId id :
                    event
                        .as(TasksChanged.TYPE)
                        .tasks()
                        .getOrDefault(TaskState.SUCCEEDED, List.of())) {
                  tx.update("INSERT INTO counted (task) VALUES (?)", id.toString());
                }
              }
            }));
    tasks.workflows().define(flow());
    say(Line.READY);
    for (int i = 0; i < rounds; i++) {
      long seed = random.nextLong();
      Thread.startVirtualThread(() -> mill.submit(new SplittableRandom(seed)));
    }
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      mill.finish(journal);
      say(Line.IDLE);
    }
  }

  /** One of each, acknowledged one after another. */
  private void submit(SplittableRandom random) {
    int n = random.nextInt(1, 100);
    var job = new Job(n, random.nextInt(4));
    var options = SubmitOptions.defaults().withTenant("tenant-" + random.nextInt(3));
    TaskId first = tasks.submit(part, job, options).id();
    say(Line.ACK, "part", first);
    say(Line.ACK, "steps", tasks.submit(steps, job, options.withAfter(first)).id());
    say(Line.ACK, "nap", tasks.submit(nap, job, options).id());
    TaskId ordered = tasks.submit(order, job, options).id();
    say(Line.ACK, "order", ordered);
    say(Line.ACK, "fan", tasks.submit(fan, job, options).id());
    JsonNode input = JSON.valueToTree(new Job(n, 1));
    var one = new Submission("part", input, options);
    var callbacks =
        new BatchCallbacks(null, null, new Submission("tally", input, SubmitOptions.defaults()));
    BatchId batch =
        tasks.batches().submit("batch", callbacks, java.util.Collections.nCopies(BATCH, one)).id();
    say(Line.ACK, "batch", batch);
    JsonNode items = JSON.readTree("{\"items\": [1, 2, 3, 4]}");
    say(Line.ACK, "flow", tasks.workflows().start("flow", items, SubmitOptions.defaults()).id());
    tasks.signal(ordered, "go", JSON.valueToTree(new Answer(n)));
    say(Line.SIGNAL, ordered);
  }

  /** Sends the signals that were never sent, and waits until nothing is left to do. */
  private void finish(Journal journal) throws InterruptedException {
    String cursor = null;
    do {
      TaskPage page =
          tasks.list(
              TaskFilter.all()
                  .withType("order")
                  .withStates(TaskState.WAITING, TaskState.READY, TaskState.RUNNING),
              200,
              cursor);
      for (TaskView waiting : page.items()) {
        try {
          tasks.signal(waiting.id(), "go", JSON.valueToTree(new Answer(-1)));
        } catch (TaskException over) {
          // It took its signal since the page was read.
          if (over.reason() != TaskException.Reason.STATE) {
            throw over;
          }
        }
      }
      cursor = page.next();
    } while (cursor != null);
    for (long left = unfinished(); left > 0; left = unfinished()) {
      long before = left;
      Signal.awaitUntil("something ends", () -> unfinished() < before);
    }
    Signal.awaitUntil(
        "the journal is counted",
        () -> journal.followers().stream().allMatch(follower -> follower.lag() == 0));
  }

  private long unfinished() {
    return tasks.queues().stream()
        .flatMap(queue -> queue.counts().entrySet().stream())
        .filter(count -> !count.getKey().finished())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void say(Line line, Object... words) {
    var text = new StringBuilder(line.name());
    for (Object word : words) {
      text.append(' ').append(word);
    }
    byte[] bytes = text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    synchronized (OUT) {
      OUT.write(bytes, 0, bytes.length);
      OUT.flush();
    }
  }
}
