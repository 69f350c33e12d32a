package dev.millrace.tasks.workflow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run does next. Immutable.
 *
 * @param book what it has come to
 * @param starts what is submitted, in the same commit that keeps the book
 * @param cancels batches that nobody waits for any more
 * @param wakeAt when to look again though nothing has happened; null for never
 * @param status of the run; running and paused mean that it waits
 * @param output of a run that succeeded
 */
public record Decision(
    Book book,
    List<Start> starts,
    List<String> cancels,
    @Nullable Instant wakeAt,
    Status status,
    @Nullable JsonNode output) {

  /**
   * Tasks to submit as one batch.
   *
   * @param batch what stands for the batch in {@link #book} until it has an id
   * @param name of the batch, unique in its run
   */
  public record Start(
      String batch, String name, String type, List<JsonNode> inputs, @Nullable Integer priority) {}
}
