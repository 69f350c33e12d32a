package dev.millrace.apps.crew.gates;

/** A report cannot be read; the message names the file, the line and what is wrong there. */
public final class ReportException extends Exception {
  ReportException(String message) {
    super(message);
  }

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
