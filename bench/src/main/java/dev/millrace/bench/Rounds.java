package dev.millrace.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs contenders in turn, A B C A B C, so that a slow minute of the machine meets all of them. One
 * who fails is reported and left out of the rest; the others go on.
 */
public final class Rounds {
  private Rounds() {}

  /** Returns the samples by label, in the order given, without the contenders that failed. */
  public static Map<String, Samples> run(String figure, int rounds, List<Contender> contenders)
      throws InterruptedException {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    List<Contender> standing = new ArrayList<>(contenders);
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : List.copyOf(standing)) {
        try {
          double value = contender.run().measure();
          values.computeIfAbsent(contender.label(), _ -> new ArrayList<>()).add(value);
          Progress.say(
              "%s %d/%d %s: %,.2f".formatted(figure, round, rounds, contender.label(), value));
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          standing.remove(contender);
          Progress.failed(figure + " " + contender.label(), e);
        }
        settle();
      }
    }
    Map<String, Samples> samples = new LinkedHashMap<>();
    values.forEach((label, all) ->
        samples.put(label, Samples.of(all.stream().mapToDouble(Double::doubleValue).toArray())));
    return samples;
  }

  /** Garbage of the run before must not be collected in the run after. */
  private static void settle() {
    System.gc();
  }
}
