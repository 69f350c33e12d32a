package dev.millrace.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the client of one request closes its connection while it is answered. Thread-safe.
 *
 * <p>Jetty reads nothing from a connection while a request of it is handled, so an end is not seen
 * until the answer is written. From the first question on, this waits for one more byte of the
 * connection: its end means that the client is gone, also where it closed its half only, as other
 * servers take it. A byte that does come begins the next request; it is handed to the connection
 * for later, and this watches no more.
 *
 * <p>The connection's own reading and this one never overlap: {@link #end} is called before the
 * exchange completes, and gives the place back. The lock protects all fields.
 */
final class Departure implements Callback {
  private final Request request;
  private boolean watching;
  private boolean gone;
  private boolean ended;
  private @Nullable Runnable then;

  Departure(Request request) {
    this.request = request;
  }

  /** Whether the client is gone, or nobody wants the answer for another reason. */
  synchronized boolean happened() {
    watch();
    return gone;
  }

  /** Runs {@code action} when the client goes, at once if it has gone. */
  void then(Runnable action) {
    synchronized (this) {
      then = action;
      watch();
      if (!gone) {
        return;
      }
    }
    action.run();
  }

  /** The same as if the client had gone. */
  void give() {
    Runnable action;
    synchronized (this) {
      gone = true;
      action = then;
    }
    if (action != null) {
      action.run();
    }
  }

  private void watch() {
    if (!watching && !ended && endPoint() instanceof AbstractEndPoint endPoint) {
      watching = endPoint.tryFillInterested(this);
    }
  }

  private org.eclipse.jetty.io.EndPoint endPoint() {
    return connection().getEndPoint();
  }

  private Connection connection() {
    return request.getConnectionMetaData().getConnection();
  }

  /** There is something to read, or the end. */
  @Override
  public void succeeded() {
    synchronized (this) {
      if (ended) {
        return; // the connection looks for itself again
      }
      if (!isEnd()) {
        return;
      }
    }
    give();
  }

  private boolean isEnd() {
    ByteBuffer one = ByteBuffer.allocate(1).flip();
    try {
      int read = endPoint().fill(one);
      if (read > 0 && connection() instanceof Connection.UpgradeTo next) {
        next.onUpgradeTo(one);
      } else if (read == 0) {
        watching = false;
        watch();
      }
      return read < 0;
    } catch (IOException broken) {
      return true;
    }
  }

  @Override
  public void failed(Throwable failure) {
    synchronized (this) {
      if (ended) {
        return;
      }
    }
    give();
  }

  /** Gives the connection back; called before the exchange completes. */
  void end() {
    synchronized (this) {
      ended = true;
      if (!watching) {
        return;
      }
    }
    if (endPoint() instanceof AbstractEndPoint endPoint) {
      endPoint.getFillInterest().onFail(new EofException("the request has ended"));
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
