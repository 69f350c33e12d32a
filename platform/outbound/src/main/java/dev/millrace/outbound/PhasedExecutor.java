package dev.millrace.outbound;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Tells the watchdog that the connection stands and the wait for the head begins. */
final class PhasedExecutor extends HttpRequestExecutor {
  /** The name under which a request's {@link Alarm} travels with it. */
  static final String ALARM = "millrace.alarm";

  private final Duration head;

  PhasedExecutor(Duration head) {
    this.head = head;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback callback,
      HttpContext context)
      throws IOException, HttpException {
    if (context.getAttribute(ALARM) instanceof Alarm alarm) {
      alarm.phase(head, FailureReason.TIMEOUT);
    }
    return super.execute(request, connection, callback, context);
  }
}
