package dev.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * An event a test waits for instead of sleeping. Once raised it stays raised. Thread-safe.
 *
 * <p>Every wait is bounded by {@link #LIMIT}, long enough that only a real fault reaches it.
 */
public final class Signal {
  /** The longest that any wait lasts. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final CountDownLatch raised = new CountDownLatch(1);

  public Signal(String name) {
    this.name = name;
  }

  /** Raises the signal; later calls do nothing. */
  public void raise() {
    raised.countDown();
  }

  /** Whether the signal was raised. */
  public boolean isRaised() {
    return raised.getCount() == 0;
  }

  /**
   * Returns when the signal is raised.
   *
   * @throws TimeoutException after {@link #LIMIT}, naming the signal
   * @throws InterruptedException if the thread is interrupted
   */
  public void await() throws InterruptedException, TimeoutException {
    if (!raised.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException("signal '" + name + "' was not raised within " + LIMIT);
    }
  }

  /**
   * Returns when {@code condition} holds, looking again every few milliseconds: for conditions of
   * another process or of a system that raises no signal.
   *
   * @throws AssertionError after {@link #LIMIT}, naming {@code what}
   * @throws InterruptedException if the thread is interrupted
   */
  public static void awaitUntil(String what, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("'" + what + "' did not come true within " + LIMIT);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
