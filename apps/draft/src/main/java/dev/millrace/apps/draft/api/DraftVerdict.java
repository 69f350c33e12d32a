package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** What the checker says about a draft. */
@Doc("What the checker says about a draft.")
public record DraftVerdict(
    @Doc("Whether there is no error.") boolean valid,
    int errors,
    int warnings,
    List<FindingView> findings) {

  /** A rule that is broken somewhere. */
  @Doc("A rule that is broken somewhere.")
  public record FindingView(
      @Doc("Stable word for the rule.") String rule,
      @Doc("error or warning.") String severity,
      @Doc("What the rule demands.") String demands,
      @Doc("The file it is in.") String file,
      @Doc("JSON pointer into the file.") String pointer,
      @Doc("What was found there.") String detail) {}
}
