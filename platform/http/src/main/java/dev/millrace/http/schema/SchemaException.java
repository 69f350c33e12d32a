package dev.millrace.http.schema;

import java.util.List;

/** The text is JSON, but not what the schema wants; {@link #faults} lists every wrong place. */
public final class SchemaException extends Exception {
  private final transient List<Fault> faults;
  private final int count;

  SchemaException(Faults faults) {
    // Control flow for a client's mistake: a stack trace would cost much and say nothing.
    super(faults.list().getFirst().detail(), null, false, false);
    this.faults = faults.list();
    this.count = faults.count();
  }

  /** The first {@value Faults#LIMIT} faults, in the order of the text. */
  public List<Fault> faults() {
    return faults;
  }

  /** How many faults there are in all. */
  public int count() {
    return count;
  }
}
