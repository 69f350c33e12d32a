package dev.millrace.apps.crew.gates;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether roles agree, each conclusion weighing as much as the confidence behind it. */
@Doc("Whether roles agree, each conclusion weighing as much as the confidence behind it.")
public record Consensus(
    @Doc("Whether the agreement reaches the threshold.") boolean success,
    @Doc("The conclusion with the greatest weight.") String conclusion,
    @Doc("Its share of all confidence, 0 to 1.") double agreement,
    @Doc("What is asked of those who do not agree; empty if the threshold is reached.")
        List<Dissent> dissenters) {
  /** What a sync point asks for. */
  public static final double THRESHOLD = 0.8;

  /** What an architecture review asks for. */
  public static final double REVIEW_THRESHOLD = 0.85;

  /** What one role hands in. */
  @Doc("What one role hands in.")
  public record Vote(
      @Doc("The role.") @Size(min = 1, max = 100) String role,
      @Doc("What it has come to; equal texts agree.") @Size(min = 1, max = 2_000) String conclusion,
      @Doc("How sure it is, 0 to 1.") @Range(min = 0, max = 1) double confidence) {}

  /** Somebody who does not agree. */
  @Doc("Somebody who does not agree.")
  public record Dissent(
      @Doc("The role.") String role,
      @Doc("What it has come to.") String conclusion,
      @Doc("What to ask it.") String ask) {}

  /** Weighs votes; without any confidence at all there is no agreement. */
  public static Consensus of(List<Vote> votes, double threshold) {
    Map<String, Double> weights = new LinkedHashMap<>();
    Map<String, String> shown = new HashMap<>();
    double all = 0;
    for (Vote vote : votes) {
      String key = vote.conclusion().strip();
      weights.merge(key, vote.confidence(), Double::sum);
      shown.putIfAbsent(key, vote.conclusion());
      all += vote.confidence();
    }
    String heaviest = "";
    double weight = -1;
    for (var entry : weights.entrySet()) {
      if (entry.getValue() > weight) {
        heaviest = entry.getKey();
        weight = entry.getValue();
      }
    }
    double agreement = all == 0 ? 0 : Math.round(weight / all * 1_000) / 1_000.0;
    boolean success = agreement >= threshold;
    String conclusion = heaviest;
    List<Dissent> dissenters =
        success
            ? List.of()
            : votes.stream()
                .filter(vote -> !vote.conclusion().strip().equals(conclusion))
                .map(vote ->
                    new Dissent(
                        vote.role(),
                        vote.conclusion(),
                        "Most hold: '"
                            + conclusion
                            + "'. What would have to be true for you to agree?"))
                .toList();
    return new Consensus(success, conclusion, agreement, dissenters);
  }
}
