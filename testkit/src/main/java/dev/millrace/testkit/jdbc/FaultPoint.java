package dev.millrace.testkit.jdbc;

import dev.millrace.testkit.Signal;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a fault strikes; the last call says how and puts it in force. Immutable. Every such call
 * returns a signal that is raised when the fault strikes for the first time.
 */
public final class FaultPoint {
  enum Moment {
    BEFORE,
    AFTER
  }

  private final Consumer<Fault> inForce;
  private final Moment moment;
  private final String text;
  private final int first;
  private final int times;

  FaultPoint(Consumer<Fault> inForce, Moment moment, String text) {
    this(inForce, moment, text, 1, 1);
  }

  private FaultPoint(Consumer<Fault> inForce, Moment moment, String text, int first, int times) {
    if (first < 1 || times < 1) {
      throw new IllegalArgumentException(
          "a fault strikes at statement " + first + ", " + times + " times; use 1 or more");
    }
    this.inForce = inForce;
    this.moment = moment;
    this.text = text;
    this.first = first;
    this.times = times;
  }

  /** At the {@code nth} such statement from now on, 1 for the next. */
  public FaultPoint at(int nth) {
    return new FaultPoint(inForce, moment, text, nth, times);
  }

  /** So many times in a row instead of once. */
  public FaultPoint times(int count) {
    return new FaultPoint(inForce, moment, text, first, count);
  }

  /** Until the faults are cleared. */
  public FaultPoint always() {
    return times(Integer.MAX_VALUE);
  }

  /** Throws a new exception, such as the driver's own for an I/O error. */
  public Signal fails(Supplier<? extends SQLException> exception) {
    return put(_ -> {
      throw exception.get();
    });
  }

  /** Holds the statement up until {@code release} is raised. */
  public Signal waitsFor(Signal release) {
    return put(_ -> {
      try {
        release.await();
      } catch (InterruptedException | TimeoutException broken) {
        throw new SQLException("a fault waited in vain at " + text, broken);
      }
    });
  }

  /** Closes the connection under the program and throws what a cut one throws (08006). */
  public Signal cutsConnection() {
    return put(connection -> {
      connection.close();
      throw new SQLException("the connection was cut at " + text, "08006");
    });
  }

  /** Ends the process at once: no shutdown hooks, no closing. */
  public Signal haltsProcess(int status) {
    return put(_ -> Runtime.getRuntime().halt(status));
  }

  private Signal put(Fault.Action action) {
    var fault = new Fault(moment, text, first, times, action);
    inForce.accept(fault);
    return fault.struck();
  }
}
