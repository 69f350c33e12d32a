package dev.millrace.apps.draft.records;

import dev.millrace.tasks.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a draft came to be and what became of it.
 *
 * @param ruleGroup id of its rule group, empty if the recipe named none
 * @param ruleGroupVersion of a stored group, 0 if the recipe brought its own
 * @param source what asked for it
 * @param origin the link, the batch, or the draft that it was made from; empty for a recipe
 * @param ended what it ended as; null while its task decides
 * @param code why it failed, of its first problem
 */
public record Generation(
    TaskId task,
    String name,
    String title,
    String ruleGroup,
    int ruleGroupVersion,
    Source source,
    String origin,
    @Nullable DraftState ended,
    Instant createdAt,
    @Nullable Instant endedAt,
    long bytes,
    @Nullable String code) {

  /** What asked for a draft. */
  public enum Source {
    /** A recipe that was sent. */
    RECIPE,
    /** A link to a recipe. */
    URL,
    /** One of many recipes that were sent together. */
    BATCH,
    /** Another draft, to be made again. */
    DRAFT
  }

  /**
   * Where a draft comes from.
   *
   * @param ruleGroup id of its rule group
   * @param ruleGroupVersion of a stored one
   */
  public record Birth(Source source, String origin, String ruleGroup, int ruleGroupVersion) {}
}
