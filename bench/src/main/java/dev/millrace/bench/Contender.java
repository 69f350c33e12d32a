package dev.millrace.bench;

/**
 * One who takes part in a comparison. Each run starts from nothing (a new database, a new process)
 * and cleans up after itself.
 */
public record Contender(String label, Run run) {

  /** One run. Returns its value in the unit of the figure. */
  @FunctionalInterface
  public interface Run {
    double measure() throws Exception;
  }
}
