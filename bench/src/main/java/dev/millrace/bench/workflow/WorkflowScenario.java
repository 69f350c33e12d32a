package dev.millrace.bench.workflow;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Progress;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import java.util.List;

/** {@code workflow.*}: workflows of three steps, and 10,000 items out and in again. */
public final class WorkflowScenario implements Scenario {
  static final String LABEL = "millrace";

  @Override
  public String about() {
    return "three-step workflows end to end, and 10,000 items out and in again";
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part("workflow.rate", WorkflowScenario::rate),
        new Part("workflow.fanout", WorkflowScenario::fanOut));
  }

  /**
   * Beside as many plain tasks: a run is one task that drives and three that work, and what it
   * costs above four tasks is the workflow.
   */
  private static void rate(Scale scale, Report report) throws Exception {
    int runs = scale.quick() ? 5_000 : 20_000;
    Progress.say("workflow.rate warm-up: %,.0f".formatted(Runs.rate(runs)));
    var rates =
        Rounds.run(
            "workflow.rate",
            scale.runs(),
            List.of(
                new Contender(LABEL, () -> Runs.rate(runs)),
                new Contender("four plain tasks each", () -> Runs.plainRate(runs))));
    report.add("workflow.rate", "workflows/s", Figure.FULL, LABEL, rates);
  }

  private static void fanOut(Scale scale, Report report) throws Exception {
    Progress.say("workflow.fanout warm-up: %,.2f".formatted(FanOut.asWorkflow().seconds()));
    FanOut.asChildren();
    String plain = "as many plain tasks";
    var times =
        Rounds.run(
            "workflow.fanout",
            scale.runs(),
            List.of(
                new Contender(LABEL, () -> FanOut.asWorkflow().seconds()),
                new Contender(plain, FanOut::plainSeconds)));
    report.add("workflow.fanout", "s", Figure.FULL, LABEL, times);
    var children =
        Rounds.run(
            "workflow.fanout.children",
            scale.runs(),
            List.of(
                new Contender(LABEL, () -> FanOut.asChildren().seconds()),
                new Contender(plain, FanOut::plainSeconds)));
    report.add("workflow.fanout.children", "s", Figure.FULL, LABEL, children);
    var memory =
        Rounds.run(
            "workflow.fanout.memory",
            scale.runs(),
            List.of(new Contender(LABEL, () -> FanOut.watched(FanOut::asWorkflow))));
    report.add("workflow.fanout.memory", "MB", Figure.FULL, LABEL, memory);
    var childrenMemory =
        Rounds.run(
            "workflow.fanout.children.memory",
            scale.runs(),
            List.of(new Contender(LABEL, () -> FanOut.watched(FanOut::asChildren))));
    report.add("workflow.fanout.children.memory", "MB", Figure.FULL, LABEL, childrenMemory);
  }
}
