package dev.millrace.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** {@code bench NAME [--quick]}: runs one scenario and prints its figures. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    Scale scale = words.contains("--quick") ? Scale.QUICK : Scale.FULL;
    List<String> names = words.stream().filter(word -> !word.equals("--quick")).toList();
    if (names.size() != 1 || names.getFirst().startsWith("-")) {
      refuse("Usage: bench NAME [--quick]");
    }
    if (names.getFirst().equals("list")) {
      Scenario.ALL.forEach((name, scenario) -> System.out.println(name + "  " + scenario.about()));
      return;
    }
    Scenario scenario = Scenario.ALL.get(names.getFirst());
    if (scenario == null) {
      refuse("There is no benchmark '" + names.getFirst() + "', but " + Scenario.ALL.keySet());
      return;
    }
    // Libraries that print to stdout would break the figures; theirs goes where progress goes.
    PrintStream figures = System.out;
    System.setOut(System.err);
    scenario.run(scale, new Report(figures));
    System.exit(Progress.anyFailed() ? 1 : 0);
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(2);
  }
}
