package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends at any moment: no thread of ours outlives it, and none is killed by a closed store. */
class CloseTest {
  private static final int ROUNDS = Boolean.getBoolean("millrace.soak") ? 500 : 10;

  private static final long SLOW_NANOS = 60_000_000;

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private UncaughtExceptionHandler before;

  @BeforeEach
  void listen() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  /** {@code store}, which reads slowly once asked to, and notes the calls that come too late. */
  private static Store noting(
      Store store, AtomicBoolean slow, AtomicBoolean over, List<Throwable> late) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, args) -> {
              if (slow.get() && method.getName().equals("read")) {
                long until = System.nanoTime() + SLOW_NANOS;
                while (System.nanoTime() - until < 0) {
                  Thread.onSpinWait();
                }
              }
              if (over.get()) {
                late.add(new AssertionError(method.getName() + " after the end of tasks"));
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  @Test
  void nothingTouchesTheStoreAfterTasksAreClosed() {
    var late = Collections.synchronizedList(new ArrayList<Throwable>());
    var talking =
        TaskType.io(
            "talking",
            Word.class,
            Length.class,
            (run, _) -> {
              run.progress(1, 2, "half");
              run.log(LogLine.Level.INFO, "here");
              return null;
            });
    Seed.current()
        .run(random -> {
          for (int round = 0; round < ROUNDS; round++) {
            var slow = new AtomicBoolean();
            var over = new AtomicBoolean();
            try (Store real = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")))) {
              Tasks tasks =
                  Tasks.on(noting(real, slow, over, late), folder)
                      .config(TasksConfig.defaults().withWindow(100, 1 << 20))
                      .build();
              tasks.register(talking);
              tasks.start();
              slow.set(true);
              List<Word> words = Collections.nCopies(400, new Word("x"));
              tasks.submitAll(talking, words, SubmitOptions.defaults());
              tasks.submit(
                  talking,
                  new Word("x"),
                  SubmitOptions.defaults().withDelay(Duration.ofMillis(random.nextInt(1, 20))));
              ((Engine) tasks).purgeNow();
              LockSupport.parkNanos(random.nextLong(20_000_000));
              tasks.close();
              over.set(true);
            }
          }
        });
    assertThat(late).isEmpty();
    assertThat(uncaught).isEmpty();
  }

  @Test
  void storeThatClosesUnderSuspectsIsTheirEnd() {
    Seed.current()
        .run(random -> {
          for (int round = 0; round < ROUNDS; round++) {
            Path own = folder.resolve("round-" + round);
            Files.createDirectories(own);
            leaveSuspects(own);
            var site = new Site(own, config -> config.withTrialTime(Duration.ofMillis(1)));
            site.start(site.held());
            Signal.awaitUntil(
                "a suspect is on trial", () -> site.count("default", TaskState.RUNNING) > 0);
            LockSupport.parkNanos(random.nextLong(3_000_000));
            site.die();
            site.close();
          }
        });
    assertThat(uncaught).isEmpty();
  }

  private static void leaveSuspects(Path folder) {
    try (var site = new Site(folder)) {
      site.start(site.held());
      site.tasks.pause("default");
      site.tasks.submitAll(
          site.held(), Collections.nCopies(8, new Word("x")), SubmitOptions.defaults());
      site.store.write(tx -> {
        tx.update("UPDATE tasks SET crashes = 2");
        tx.update("UPDATE task_queues SET paused = 0");
      });
    }
  }

  @Test
  void whoWaitsForATaskIsToldOfTheEnd() throws Exception {
    var refused = new Signal("refused");
    try (var site = new Site(folder)) {
      site.start(site.held());
      TaskId id = site.tasks.submit(site.held(), new Word("x")).id();
      site.awaitState(id, TaskState.RUNNING);
      Thread.startVirtualThread(() -> {
        try {
          site.tasks.await(id, Duration.ofHours(1));
        } catch (TaskException closed) {
          refused.raise();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      });
      site.tasks.close();
      refused.await();
    }
  }
}
