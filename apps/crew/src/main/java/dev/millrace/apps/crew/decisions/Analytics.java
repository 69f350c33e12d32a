package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** Decisions counted. */
@Doc("Decisions counted.")
public record Analytics(
    @Doc("All of them.") long total,
    @Doc("By what has become of them.") List<Count> byStatus,
    @Doc("By who decided, the most first; at most 100.") List<Count> byMaker,
    @Doc("By tag, the most first; at most 100.") List<Count> byTag,
    @Doc("By project, the most first; at most 100.") List<Count> byProject,
    @Doc("By month of their date, oldest first; the last 120.") List<Count> byMonth,
    @Doc("What came of them, all together.") long impacts,
    @Doc("How far the counts have come.") String asOf) {

  /** How many there are of one name. */
  @Doc("How many there are of one name.")
  public record Count(@Doc("The name.") String name, @Doc("How many.") long count) {}
}
