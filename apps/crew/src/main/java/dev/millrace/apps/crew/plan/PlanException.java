package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Fault;
import java.util.List;

/** A template or plan cannot be used; each fault names its place and what is wrong there. */
public final class PlanException extends RuntimeException {
  private final transient List<Fault> faults;

  PlanException(List<Fault> faults) {
    super(faults.getFirst().pointer() + " " + faults.getFirst().detail());
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
