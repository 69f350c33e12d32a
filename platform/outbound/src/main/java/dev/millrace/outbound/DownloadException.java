package dev.millrace.outbound;

/** A download that failed, after all its attempts. */
public final class DownloadException extends OutboundException {
  private final int attempts;

  DownloadException(OutboundException last, int attempts) {
    super(
        last.reason(),
        last.detail() + (attempts > 1 ? " (attempt " + attempts + ")" : ""),
        last.isRetryable(),
        last.status().orElse(0),
        last.retryAfter().orElse(null),
        last);
    this.attempts = attempts;
  }

  /** How often it was tried, 0 if nothing was sent. */
  public int attempts() {
    return attempts;
  }
}
