package dev.millrace.bench;

/** Figures that are taken together because one is judged by the other, under their common name. */
public record Part(String name, Work work) {

  /** Takes the figures and reports them. */
  @FunctionalInterface
  public interface Work {
    void run(Scale scale, Report report) throws Exception;
  }

  /** Whether a person who asks for {@code wanted} means this part: its name, or the start of it. */
  boolean isMeantBy(String wanted) {
    return name.equals(wanted) || name.startsWith(wanted + ".");
  }

  /** Runs, and turns a failure into a word on stderr, so that the other parts still run. */
  void run(Scale scale, Report report) throws InterruptedException {
    try {
      work.run(scale, report);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      Progress.failed(name, e);
    }
  }
}
