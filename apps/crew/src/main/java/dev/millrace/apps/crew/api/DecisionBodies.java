package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.decisions.DecisionId;
import dev.millrace.apps.crew.decisions.DecisionStatus;
import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.apps.crew.decisions.Recorded;
import dev.millrace.apps.crew.decisions.Summary;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.store.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the endpoints of decisions take and answer. */
public final class DecisionBodies {
  private DecisionBodies() {}

  /** Many decisions. */
  @Doc("Many decisions.")
  public record Batch(
      @Doc("Recorded in order, 100 a commit.") @Size(min = 1, max = 1_000)
          List<NewDecision> decisions) {}

  /** What one decision became. */
  @Doc("What one decision became.")
  public record One(
      @Doc("Names it everywhere.") String id,
      @Doc("Its number within the project.") String number,
      @Doc("The commit that it is in.") Position position) {}

  /** What many decisions became. */
  @Doc("What many decisions became.")
  public record Many(
      @Doc("In the order in which they were handed in.") List<Recorded> items,
      @Doc("The commit that all of them are in.") Position position) {}

  /** Another status. */
  @Doc("Another status.")
  public record Change(
      @Doc("What it becomes.") DecisionStatus status,
      @Doc("For superseded: the id of what stands in its place.") @Nullable @Size(max = 90)
          String supersededBy) {}

  /** What decisions are searched by. */
  public record Search(
      @Doc("Words that must all be there, in Chinese or English.") @Nullable @Size(max = 200)
          String q,
      @Doc("Tags that must all be there.") @Default("[]") @Size(max = 10) List<String> tag,
      @Doc("Who decided.") @Nullable @Size(max = 200) String maker,
      @Doc("The project.") @Nullable @Size(max = 60) String project,
      @Doc("The status.") @Nullable DecisionStatus status,
      @Doc("Made at this time or later.") @Nullable Instant from,
      @Doc("Made before this time.") @Nullable Instant to,
      @Doc("Answer only when this position can be searched; waits up to 5 s.")
          @Nullable Position atLeast,
      @Doc("How many at most.") @Range(min = 1, max = 200) @Default("50") int limit,
      @Doc("`next` of the page before.") @Nullable String cursor) {}

  /** A page of what was found. */
  @Doc("A page of what was found.")
  public record Found(
      @Doc("Newest record first.") List<Summary> items,
      @Doc("The cursor of the next page; null at the end.") @Nullable String next,
      @Doc("What was recorded up to here could be found.") Position asOf) {}

  /** A folder of decisions. */
  @Doc("A folder of decisions.")
  public record Import(
      @Doc("The folder; a relative name begins in the folder imports of the application.")
          @Size(min = 1, max = 1_000)
          String folder,
      @Doc("The project that counts the decisions.")
          @Default(DecisionId.USUAL_PROJECT)
          @Pattern(value = DecisionId.PROJECT, says = "up to 60 letters, digits, dots, dashes, _")
          String project) {}

  /** A decision as Markdown. */
  @Doc("A decision as Markdown.")
  public record Text(
      @Doc("The text in the style of MADR.") @Size(min = 1, max = 200_000) String text,
      @Doc("The project that counts it.")
          @Default(DecisionId.USUAL_PROJECT)
          @Pattern(value = DecisionId.PROJECT, says = "up to 60 letters, digits, dots, dashes, _")
          String project) {}

  /** The task that does it. */
  @Doc("The task that does it.")
  public record Accepted(
      @Doc("Id of the task.") String taskId,
      @Doc("Where its progress, log and report are.") String statusUrl) {}

  /** What is exported, or drawn. */
  public record ExportQuery(
      @Doc("Only the decisions of this project.") @Nullable @Size(max = 60) String project) {}
}
