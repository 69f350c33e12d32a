package dev.millrace.bench;

import dev.millrace.bench.crew.CrewScenario;
import dev.millrace.bench.http.HttpScenario;
import dev.millrace.bench.store.StoreScenario;
import dev.millrace.bench.tasks.AutotuneScenario;
import dev.millrace.bench.tasks.FairnessScenario;
import dev.millrace.bench.tasks.ParallelScenario;
import dev.millrace.bench.tasks.PeerScenario;
import dev.millrace.bench.tasks.ScheduleScenario;
import dev.millrace.bench.tasks.TasksScenario;
import dev.millrace.bench.workflow.WorkflowScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts that are run together under one name. */
public interface Scenario {
  /** What is measured, in one line. */
  String about();

  /** In the order in which they run. */
  List<Part> parts();

  /** All scenarios by name. */
  static Map<String, Scenario> all() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    all.put("tasks", new TasksScenario());
    all.put("schedule", new ScheduleScenario());
    all.put("autotune", new AutotuneScenario());
    all.put("workflow", new WorkflowScenario());
    all.put("fairness", new FairnessScenario());
    all.put("parallel", new ParallelScenario());
    all.put("http", new HttpScenario());
    all.put("store", new StoreScenario());
    all.put("crew", new CrewScenario());
    all.put("peers", new PeerScenario());
    return all;
  }

  /** The parts of the scenario of that name, or those whose own name begins with it. */
  static List<Part> named(String name) {
    Map<String, Scenario> all = all();
    Scenario scenario = all.get(name);
    if (scenario != null) {
      return scenario.parts();
    }
    List<Part> parts = new ArrayList<>();
    all.values().forEach(each -> parts.addAll(each.parts()));
    return parts.stream().filter(part -> part.isMeantBy(name)).toList();
  }
}
