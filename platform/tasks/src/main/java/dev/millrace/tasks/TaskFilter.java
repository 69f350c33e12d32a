package dev.millrace.tasks;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks; null and empty mean any. Immutable.
 *
 * @param states any of these
 * @param tag one of the task's tags
 * @param text the beginning or end of the id, or a part of type, tag, unique key, key or last
 *     error; upper and lower case are the same
 * @param tenant on whose behalf it was submitted
 * @param key what it is about, see {@link SubmitOptions#key}
 * @param batch the batch it is counted in
 * @param input a part of its input as it is shown, as JSON or as the text within; upper and lower
 *     case of a to z are the same. What is hidden or encrypted is not found. Costs most of all: see
 *     {@link TaskPage#lookedBackTo}
 */
public record TaskFilter(
    Set<TaskState> states,
    @Nullable String queue,
    @Nullable String type,
    @Nullable String tag,
    @Nullable String text,
    @Nullable String tenant,
    @Nullable String key,
    @Nullable BatchId batch,
    @Nullable String input) {
  private static final TaskFilter ALL =
      new TaskFilter(Set.of(), null, null, null, null, null, null, null, null);

  public TaskFilter {
    states = Set.copyOf(states);
  }

  /** Every task. */
  public static TaskFilter all() {
    return ALL;
  }

  public TaskFilter withStates(TaskState... states) {
    return new TaskFilter(Set.of(states), queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withQueue(@Nullable String queue) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withType(@Nullable String type) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withTag(@Nullable String tag) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withText(@Nullable String text) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withTenant(@Nullable String tenant) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withKey(@Nullable String key) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withBatch(@Nullable BatchId batch) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  public TaskFilter withInput(@Nullable String input) {
    return new TaskFilter(states, queue, type, tag, text, tenant, key, batch, input);
  }

  /** Whether it asks for what no index leads to. */
  boolean isRare() {
    return tenant != null || key != null || TextMatch.of(text) != null || asksForInput();
  }

  /** Whether it looks into inputs. */
  boolean asksForInput() {
    return input != null && !input.isBlank();
  }

  /** Everything but states, tag and text. */
  boolean fits(TaskView task) {
    BatchId in = task.batch();
    return fits(task.queue(), task.type(), task.tenant(), task.key(), in == null ? 0 : in.key());
  }

  /** Everything but states, tag and text. */
  boolean fits(TaskRow row) {
    return fits(row.queue(), row.type(), row.tenant(), row.subject(), row.batch());
  }

  /** Everything but states, tag and text. */
  boolean fits(TaskChange change) {
    BatchId in = change.batch();
    return fits(
        change.queue(), change.type(), change.tenant(), change.key(), in == null ? 0 : in.key());
  }

  private boolean fits(
      String itsQueue,
      String itsType,
      @Nullable String itsTenant,
      @Nullable String itsKey,
      long itsBatch) {
    return (queue == null || queue.equals(itsQueue))
        && (type == null || type.equals(itsType))
        && (tenant == null || tenant.equals(itsTenant))
        && (key == null || key.equals(itsKey))
        && (batch == null || batch.key() == itsBatch);
  }

  /** Adds the conditions on tenant and key, for which there are no indexes. */
  void addRare(StringBuilder where, List<@Nullable Object> args) {
    if (tenant != null) {
      where.append(" AND tenant = ?");
      args.add(tenant);
    }
    if (key != null) {
      where.append(" AND subject = ?");
      args.add(key);
    }
  }
}
