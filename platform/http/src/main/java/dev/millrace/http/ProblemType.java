package dev.millrace.http;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import java.util.List;

/**
 * A kind of failure that clients may rely on; declare one constant for each. Two types with the
 * same code must be equal, which the server checks when it starts.
 *
 * @param code stable, in lower case with hyphens, such as {@code task-not-found}
 * @param status the HTTP status, 400 to 599
 * @param title what went wrong in general, the same for every occurrence
 * @param remedy what the client can do next
 */
@Doc("A kind of problem.")
public record ProblemType(
    @Doc("Stable and meant for programs.") String code,
    @Doc("The HTTP status.") int status,
    @Doc("What went wrong in general.") String title,
    @Doc("What to do next.") String remedy) {

  public ProblemType {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("the status of " + code + " is 400 to 599, not " + status);
    }
    if (!isKebab(code)) {
      throw new IllegalArgumentException(
          "a problem's code is lower-case words with hyphens, not '" + code + "'");
    }
    if (title.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("the problem " + code + " needs a title and a remedy");
    }
  }

  private static boolean isKebab(String code) {
    boolean wordOpen = false;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && (c != '-' || !wordOpen)) {
        return false;
      }
      wordOpen = letter;
    }
    return wordOpen;
  }

  /**
   * The exception that answers a request with this problem.
   *
   * @param detail what went wrong this time, with the values involved; shown to the client
   */
  public ProblemException because(String detail) {
    return new ProblemException(this, detail, List.of());
  }

  /** The same, with every wrong place of the request. */
  public ProblemException because(String detail, List<Fault> errors) {
    return new ProblemException(this, detail, errors);
  }
}
