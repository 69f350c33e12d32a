package dev.millrace.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request that left the process, or should have, and failed. The message names the URL without
 * its query and says what to do; {@link #reason} is stable and meant for programs.
 */
public sealed class OutboundException extends Exception permits DownloadException {
  private final FailureReason reason;
  private final String detail;
  private final boolean retryable;
  private final int status;
  private final @Nullable Duration retryAfter;

  OutboundException(FailureReason reason, String detail) {
    this(reason, detail, null);
  }

  OutboundException(FailureReason reason, String detail, @Nullable Throwable cause) {
    this(reason, detail, reason.isRetryable(), 0, null, cause);
  }

  OutboundException(
      FailureReason reason,
      String detail,
      boolean retryable,
      int status,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(detail + "; " + reason.remedy(), cause);
    this.reason = reason;
    this.detail = detail;
    this.retryable = retryable;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The server answered with a status that is no success. */
  static OutboundException ofStatus(WebUrl url, int status, @Nullable Duration retryAfter) {
    var reason =
        status == 404 || status == 410 ? FailureReason.NOT_FOUND : FailureReason.HTTP_STATUS;
    boolean passing =
        switch (status) {
          case 408, 425, 429, 500, 502, 503, 504 -> true;
          default -> false;
        };
    return new OutboundException(
        reason, url.shown() + " answered with status " + status, passing, status, retryAfter, null);
  }

  /** Why, in a closed set. */
  public FailureReason reason() {
    return reason;
  }

  /** What happened, without the remedy. */
  public String detail() {
    return detail;
  }

  /** What a person can do about it. */
  public String remedy() {
    return reason.remedy();
  }

  /** Whether trying the same again later may help. */
  public boolean isRetryable() {
    return retryable;
  }

  /** The HTTP status, if an answer came. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** How long the server asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
