package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Fault;
import java.util.List;

/** A run cannot be started or steered so. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** There is no run of a plan with that id. */
    NOT_FOUND,
    /** No stage of the run has that name. */
    STAGE_UNKNOWN,
    /** Where the run stands does not allow it. */
    STATE,
    /** It was rolled back too often. */
    RECOVERIES,
    /** No run can be started in the workspace. */
    WORKSPACE,
    /** An executor names a program that the configuration does not allow. */
    PROGRAM,
    /** An executor lacks something, or names something that is not there. */
    EXECUTOR
  }

  private final Reason reason;
  private final transient List<Fault> faults;

  RunException(Reason reason, String message) {
    this(reason, message, List.of());
  }

  RunException(Reason reason, String message, List<Fault> faults) {
    super(message);
    this.reason = reason;
    this.faults = List.copyOf(faults);
  }

  public Reason reason() {
    return reason;
  }

  public List<Fault> faults() {
    return faults;
  }
}
