package dev.millrace.apps.draft.build;

import java.util.Locale;

/** The steps of a build in their order, with the share of the whole that each is shown as. */
public enum Stage {
  VALIDATE(0, 10),
  COLLECT(10, 20),
  DOWNLOAD(20, 800),
  PROBE(800, 880),
  BUILD(880, 980),
  CHECK(980, 1_000);

  /** The whole, in the units of progress. */
  static final int WHOLE = 1_000;

  private final int from;
  private final int to;

  Stage(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Name of the checkpoint, and the word for people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How far the whole is when {@code done} of {@code total} of this stage are. */
  int progress(long done, long total) {
    return total <= 0 ? from : from + (int) ((to - from) * Math.min(done, total) / total);
  }
}
