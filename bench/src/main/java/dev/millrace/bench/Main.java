package dev.millrace.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code bench NAME [--quick] [--runs=N]}: runs a scenario, or the parts of that name, and prints
 * their figures. Ends with 1 if a contender failed or a promise was broken, with 2 if the name is
 * unknown.
 */
public final class Main {
  private static final String RUNS = "--runs=";

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Scale scale = Arrays.asList(arguments).contains("--quick") ? Scale.QUICK : Scale.FULL;
    List<String> names = new ArrayList<>();
    for (String word : arguments) {
      if (word.matches(RUNS + "[1-9][0-9]?")) {
        scale = scale.withRuns(Integer.parseInt(word.substring(RUNS.length())));
      } else if (!word.equals("--quick")) {
        names.add(word);
      }
    }
    if (names.size() != 1 || names.getFirst().startsWith("-")) {
      refuse("Usage: bench NAME [--quick] [--runs=N]; 'bench list' names them");
    }
    if (names.getFirst().equals("list")) {
      list();
      return;
    }
    List<Part> parts = Scenario.named(names.getFirst());
    if (parts.isEmpty()) {
      refuse("There is no benchmark '" + names.getFirst() + "'; 'bench list' names them");
    }
    // Libraries that print to stdout would break the figures; theirs goes where progress goes.
    PrintStream figures = System.out;
    System.setOut(System.err);
    Report report = new Report(figures);
    for (Part part : parts) {
      part.run(scale, report);
    }
    System.exit(Progress.anyFailed() ? 1 : 0);
  }

  private static void list() {
    Scenario.all()
        .forEach((name, scenario) -> {
          System.out.println(name + ": " + scenario.about());
          scenario.parts().forEach(part -> System.out.println("  " + part.name()));
        });
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(2);
  }
}
