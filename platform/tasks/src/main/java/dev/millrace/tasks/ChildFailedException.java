package dev.millrace.tasks;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A child of a run is dead or was cancelled. Another attempt of the parent finds it so again. */
public final class ChildFailedException extends FatalFailure {
  private static final long serialVersionUID = 1;

  private ChildFailedException(String message) {
    super(message);
  }

  static ChildFailedException of(Children<?> children) {
    BatchView batch = children.batch();
    AtomicReference<@Nullable Child<?>> first = new AtomicReference<>();
    children.forEach(child -> {
      if (child.state() != TaskState.SUCCEEDED) {
        first.compareAndSet(null, child);
      }
    });
    @Nullable Child<?> child = first.get();
    return new ChildFailedException(
        batch.dead()
            + " dead and "
            + batch.cancelled()
            + " cancelled of "
            + batch.total()
            + " children '"
            + batch.name()
            + "'"
            + (child == null
                ? ""
                : "; the first is "
                    + child.id()
                    + (child.error() == null ? "" : ": " + child.error()))
            + "; mend what ails them, drive them again, then this task");
  }
}
