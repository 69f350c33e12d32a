package dev.millrace.apps.crew.gates;

/** A report cannot be read; the message names the file, the line and what is wrong there. */
public final class ReportException extends Exception {
  /** One about a report as a whole. */
  public static ReportException of(String message) {
    return new ReportException(message);
  }

  ReportException(String message) {
    super(message);
  }

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
