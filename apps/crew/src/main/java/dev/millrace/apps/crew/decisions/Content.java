package dev.millrace.apps.crew.decisions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a decision that never changes, as it is kept. */
record Content(
    String context,
    List<Choice> options,
    String decision,
    String reasoning,
    String consequences,
    List<String> stakeholders,
    List<String> agentsInvolved,
    List<String> tags,
    @Nullable Metadata metadata) {

  static Content of(NewDecision made) {
    return new Content(
        made.context(),
        made.options(),
        made.decision(),
        made.reasoning(),
        made.consequences(),
        made.stakeholders(),
        made.agentsInvolved(),
        made.tags(),
        made.metadata());
  }
}
