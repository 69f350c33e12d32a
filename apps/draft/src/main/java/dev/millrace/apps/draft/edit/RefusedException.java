package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.recipe.Fault;
import java.util.List;

/** Work on a draft that was refused; nothing of it was done. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no draft of this name. */
    NOT_FOUND,
    /** The draft cannot be read. */
    UNREADABLE,
    /** What was asked for cannot be done to this draft. */
    IMPOSSIBLE,
    /** The archive is not taken. */
    ARCHIVE,
    /** The result would be broken where the draft was whole. */
    BREAKS
  }

  private final Reason reason;
  private final transient List<Fault> faults;

  RefusedException(Reason reason, String message, List<Fault> faults) {
    super(message);
    this.reason = reason;
    this.faults = List.copyOf(faults);
  }

  RefusedException(Reason reason, String message) {
    this(reason, message, List.of());
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Every place that is wrong. */
  public List<Fault> faults() {
    return faults;
  }
}
