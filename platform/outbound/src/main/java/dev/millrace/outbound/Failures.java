package dev.millrace.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Says what an error of the network means. */
final class Failures {
  private Failures() {}

  /**
   * The reason behind {@code e}; a limit that the watchdog enforced comes first, because what the
   * socket says then is only its echo.
   *
   * @throws InterruptedException if the thread was interrupted, which closes its socket
   */
  static OutboundException of(IOException e, WebUrl url, Alarm alarm) throws InterruptedException {
    var rung = alarm.rung();
    if (rung.isPresent()) {
      return new OutboundException(rung.get(), url.shown() + " took too long", e);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while asking " + url.shown());
    }
    return of(e, url);
  }

  /** The reason behind {@code e} where nobody watches the time but the socket itself. */
  static OutboundException of(IOException e, WebUrl url) {
    return new OutboundException(reason(e), url.shown() + ": " + words(e), e);
  }

  private static FailureReason reason(IOException e) {
    return switch (e) {
      case AddressRefused _ -> FailureReason.ADDRESS_REFUSED;
      case UnknownHostException _ -> FailureReason.NAME_UNKNOWN;
      case ConnectTimeoutException _ -> FailureReason.TIMEOUT;
      case SocketTimeoutException _ -> FailureReason.TIMEOUT;
      case SSLException tls ->
          tls.getCause() instanceof SocketException ? FailureReason.CONNECTION : FailureReason.TLS;
      case TruncatedChunkException _, MalformedChunkCodingException _ -> FailureReason.TRUNCATED;
      case NoHttpResponseException _ -> FailureReason.CONNECTION;
      case ConnectionClosedException _ -> FailureReason.TRUNCATED;
      case ClientProtocolException _ -> FailureReason.PROTOCOL;
      case InterruptedIOException _ -> FailureReason.TIMEOUT;
      default -> FailureReason.CONNECTION;
    };
  }

  private static String words(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
