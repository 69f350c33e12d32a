package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision as it is handed in. */
@Doc("A decision as it is handed in.")
public record NewDecision(
    @Doc("The project that counts it.")
        @Default(DecisionId.USUAL_PROJECT)
        @Pattern(value = DecisionId.PROJECT, says = "up to 60 letters, digits, dots, dashes, _")
        String project,
    @Doc("What was decided, in one line.") @Size(min = 1, max = 500) String title,
    @Doc("When; now if it is left out.") @Nullable Instant date,
    @Doc("What has become of it.") @Default("accepted") DecisionStatus status,
    @Doc("What led to it.") @Default("") @Size(max = 20_000) String context,
    @Doc("What was weighed.") @Default("[]") @Size(max = 50) List<Choice> options,
    @Doc("What was decided.") @Size(min = 1, max = 20_000) String decision,
    @Doc("Why.") @Default("") @Size(max = 20_000) String reasoning,
    @Doc("What follows from it.") @Default("") @Size(max = 20_000) String consequences,
    @Doc("Who decided.") @Default("") @Size(max = 200) String decisionMaker,
    @Doc("Who has a stake in it.") @Default("[]") @Size(max = 100) List<String> stakeholders,
    @Doc("Agents that took part.") @Default("[]") @Size(max = 100) List<String> agentsInvolved,
    @Doc("To find it by.") @Default("[]") @Size(max = 20) List<String> tags,
    @Doc("Ids of decisions that this one takes the place of.") @Default("[]") @Size(max = 20)
        List<String> supersedes,
    @Doc("Where it comes from.") @Nullable Metadata metadata) {

  public NewDecision {
    for (String tag : tags) {
      if (tag.isBlank() || tag.length() > 60) {
        throw new IllegalArgumentException(
            "the tag '" + tag + "' is not allowed; use 1 to 60 characters");
      }
    }
    if (status == DecisionStatus.SUPERSEDED) {
      throw new IllegalArgumentException(
          "status: a new decision is not superseded; record the newer one with 'supersedes'");
    }
  }
}
