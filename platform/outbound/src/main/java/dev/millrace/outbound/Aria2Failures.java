package dev.millrace.outbound;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what an error code of aria2 means (its manual, section EXIT STATUS). */
final class Aria2Failures {
  private static final Pattern STATUS = Pattern.compile("status=(\\d{3})");

  private Aria2Failures() {}

  /** What the proxy saw comes first: aria2 only learns that its proxy said no. */
  static OutboundException of(Aria2Job job, int code, String message) {
    return job.ticket.failure().orElseGet(() -> of(job.url, code, message));
  }

  static OutboundException of(WebUrl url, int code, String message) {
    Matcher status = STATUS.matcher(message);
    if (status.find() && code != 3) {
      return OutboundException.ofStatus(url, Integer.parseInt(status.group(1)), null);
    }
    FailureReason reason =
        switch (code) {
          case 2, 5 -> FailureReason.STALLED;
          case 3, 4 -> FailureReason.NOT_FOUND;
          case 6 -> FailureReason.CONNECTION;
          case 8 -> FailureReason.CHANGED;
          case 9 -> FailureReason.DISK_FULL;
          case 13, 14, 15, 16, 17, 18 -> FailureReason.FILE;
          case 19 -> FailureReason.NAME_UNKNOWN;
          case 22 -> FailureReason.PROTOCOL;
          case 23 -> FailureReason.REDIRECTS;
          case 24 -> FailureReason.HTTP_STATUS;
          case 29 -> FailureReason.HTTP_STATUS;
          case 32 -> FailureReason.DIGEST_MISMATCH;
          default -> FailureReason.CONNECTION;
        };
    String said = message.isBlank() ? "error " + code : message.strip();
    return new OutboundException(reason, url.shown() + ": aria2 says: " + said);
  }
}
