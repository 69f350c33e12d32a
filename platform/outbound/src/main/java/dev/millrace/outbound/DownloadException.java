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

  /**
   * A failure as engines of others report it.
   *
   * @param detail what happened, naming the URL without its query
   * @param attempts how often it was tried, 0 if nothing was sent
   */
  public static DownloadException of(FailureReason reason, String detail, int attempts) {
    return new DownloadException(new OutboundException(reason, detail), attempts);
  }

  /** How often it was tried, 0 if nothing was sent. */
  public int attempts() {
    return attempts;
  }
}
