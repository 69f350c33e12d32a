package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Doc;
import org.jspecify.annotations.Nullable;

/** How the check at the end of a stage went before, and what that lets expect. */
@Doc("How the check at the end of a stage went before, for requests of the same domain.")
public record CheckHistory(
    @Doc("How often it was decided.") long checks,
    @Doc("Share of them that passed, 0 to 1.") double passRate,
    @Doc("How likely it passes the next time, 0 to 1: (passed + 1) / (checks + 2).")
        @Nullable Double chance,
    @Doc("Whether it is more likely to fail than to pass.") @Nullable Boolean atRisk,
    @Doc("The metric whose rule held least often; null if all always held.")
        @Nullable String weakest) {

  /** From how often it was decided and passed. */
  public static CheckHistory of(long checks, long passed, @Nullable String weakest) {
    double chance = (passed + 1.0) / (checks + 2);
    return new CheckHistory(
        checks, rounded((double) passed / checks), rounded(chance), chance < 0.5, weakest);
  }

  private static double rounded(double share) {
    return Math.round(1_000 * share) / 1_000.0;
  }
}
