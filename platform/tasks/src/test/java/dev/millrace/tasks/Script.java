package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the handler of a random test does, one act after the other; {@link Actors} plays it.
 *
 * @param acts words with their numbers behind colons
 */
record Script(List<String> acts) {
  private static final List<String> PLAIN =
      List.of("work", "work", "log", "progress", "step", "hold", "fail:1", "fail:9", "fatal");
  private static final List<String> WAITING = List.of("sleep:", "signal:", "kids:", "kid");
  private static final List<String> ENDS = List.of("finish", "finish", "refuse", "spawn");

  Script {
    acts = List.copyOf(acts);
  }

  static Script of(String... acts) {
    return new Script(List.of(acts));
  }

  /** Draws one that may wait in all ways there are. */
  static Script drawn(SplittableRandom random) {
    var acts = new ArrayList<String>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      acts.add(random.nextInt(3) == 0 ? waiting(random) : one(random, PLAIN));
    }
    if (random.nextBoolean()) {
      acts.add(one(random, ENDS));
    }
    return new Script(acts);
  }

  /** Draws one that has no children. */
  static Script small(SplittableRandom random) {
    return random.nextInt(3) > 0 ? of("work") : of(one(random, PLAIN), one(random, ENDS));
  }

  private static String waiting(SplittableRandom random) {
    String act = one(random, WAITING);
    return switch (act) {
      case "sleep:", "signal:" -> act + random.nextInt(60);
      case "kids:" -> act + random.nextInt(4);
      default -> act;
    };
  }

  private static String one(SplittableRandom random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
