package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The children of a run that are all over. Results are read when asked for, a page at a time, in
 * the order in which the inputs came; those of tasks that have left history are missing.
 */
public interface Children<O> {
  /** The counts. */
  BatchView batch();

  /** Gives every child, holding a page of them in memory. */
  void forEach(Consumer<Child<O>> child);

  /**
   * All results in the order of the inputs.
   *
   * @throws ChildFailedException if a child did not succeed
   */
  default List<@Nullable O> results() {
    BatchView batch = batch();
    if (batch.succeeded() < batch.total()) {
      throw ChildFailedException.of(this);
    }
    var results = new ArrayList<@Nullable O>();
    forEach(child -> results.add(child.output()));
    return results;
  }
}
