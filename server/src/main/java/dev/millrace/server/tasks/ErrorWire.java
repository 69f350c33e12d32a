package dev.millrace.server.tasks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.ErrorFilter;
import dev.millrace.tasks.ErrorGroup;
import dev.millrace.tasks.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups of errors as they are on the wire. */
final class ErrorWire {
  private ErrorWire() {}

  /** Whether tasks are dead of an error. */
  public enum ErrorState {
    /** Some are. */
    DEAD,
    /** None is: other attempts succeeded, or the dead ones were driven again or discarded. */
    PASSED
  }

  /** Which groups a list shows. */
  public record ErrorQuery(
      @Doc("Only those of which tasks are dead now, or those of which none is.")
          @Nullable ErrorState state,
      @Doc("Only those that struck tasks of this type.") @Nullable @Size(max = 100) String type,
      @Doc("With this within exception, message or newest error.") @Nullable @Size(max = 100)
          String text,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {
    ErrorFilter filter() {
      return new ErrorFilter(state == null ? null : state == ErrorState.DEAD, type, text);
    }
  }

  /** A part of a group. */
  public record ErrorType(
      String type,
      @Doc("Attempts of tasks of this type that failed so.") long failures,
      @Doc("Tasks of this type that are dead of it now.") long dead) {}

  /** A group of errors in a list. */
  public record ErrorItem(
      @Doc("The same for failures of one kind.") String fingerprint,
      @Doc("The full name of the exception; TimeLimit, UnknownType or ProcessEnded without one.")
          String exception,
      @Doc("The message without numbers, ids and quoted texts.") String message,
      @Doc("The newest failure in one line.") String error,
      @Doc("The task whose attempt failed last.") String task,
      @Doc("Attempts that failed so, ever.") long failures,
      @Doc("Tasks that are dead of it now.") long dead,
      Instant firstSeen,
      Instant lastSeen,
      @Doc("The types of the tasks it struck, up to 20.") List<ErrorType> types,
      @Doc("Failures in each of the last 24 hours, the current one last.") List<Long> hours) {
    static ErrorItem of(ErrorGroup group) {
      return new ErrorItem(
          group.fingerprint(),
          group.exception(),
          group.message(),
          group.error(),
          group.task().toString(),
          group.failures(),
          group.dead(),
          group.firstSeen(),
          group.lastSeen(),
          group.types().stream()
              .map(type -> new ErrorType(type.type(), type.failures(), type.dead()))
              .toList(),
          group.hours());
    }
  }

  /** A group of errors. */
  public record ErrorDetail(
      @JsonUnwrapped ErrorItem group,
      @Doc("The newest failure at length, with its stack.") String trace,
      @Doc("The tag that finds the tasks that are dead of it.") String tag) {
    static ErrorDetail of(ErrorGroup group) {
      return new ErrorDetail(
          ErrorItem.of(group), group.trace(), ErrorGroup.tag(group.fingerprint()));
    }
  }

  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");
  static final String FINGERPRINT = "9f86d081884c7d65";
  private static final ErrorGroup EXAMPLE =
      new ErrorGroup(
          FINGERPRINT,
          "java.net.ConnectException",
          "Connection to # refused",
          "ConnectException: Connection to 10.0.0.7:443 refused",
          "java.net.ConnectException: Connection to 10.0.0.7:443 refused\n\tat shop.Mail.send",
          TaskId.parse(TaskExamples.ID),
          312,
          4,
          AT,
          AT.plusSeconds(3_600),
          List.of(new ErrorGroup.OfType("mail.send", 312, 4)),
          List.of(0L, 300L, 12L));
  static final ErrorItem ITEM = ErrorItem.of(EXAMPLE);
  static final ErrorDetail DETAIL = ErrorDetail.of(EXAMPLE);
}
