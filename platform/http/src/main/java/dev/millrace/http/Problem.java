package dev.millrace.http;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import java.util.List;

/** A failure as the client sees it, by RFC 9457, in {@code application/problem+json}. */
@Doc("What went wrong and what to do next (RFC 9457).")
public record Problem(
    @Doc("A link to the description of this kind of problem.") String type,
    @Doc("What went wrong in general.") String title,
    @Doc("The HTTP status.") int status,
    @Doc("What went wrong this time, with the values involved.") String detail,
    @Doc("Stable and meant for programs.") String code,
    @Doc("Every wrong place of the request; empty if it is not about places.") List<Fault> errors,
    @Doc("What to do next.") String remedy) {

  /** The content type of a problem. */
  public static final String CONTENT_TYPE = "application/problem+json";

  /** A problem of a type. */
  public static Problem of(ProblemType type, String detail, List<Fault> errors) {
    return new Problem(
        "/api#" + type.code(),
        type.title(),
        type.status(),
        detail,
        type.code(),
        errors,
        type.remedy());
  }
}
