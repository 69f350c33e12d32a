package dev.millrace.http;

import dev.millrace.http.schema.Fault;
import java.util.List;

/**
 * Ends the handling of a request with a problem. Thrown by handlers, most easily by {@link
 * ProblemType#because(String)}. Has no stack trace: it is an answer, not a failure of the server.
 */
public final class ProblemException extends RuntimeException {
  private final transient ProblemType type;
  private final transient List<Fault> errors;

  public ProblemException(ProblemType type, String detail, List<Fault> errors) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  public ProblemType type() {
    return type;
  }

  public List<Fault> errors() {
    return errors;
  }

  /** The problem as it is written to the client. */
  public Problem problem() {
    return Problem.of(type, String.valueOf(getMessage()), errors);
  }
}
