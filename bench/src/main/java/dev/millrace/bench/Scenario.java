package dev.millrace.bench;

import dev.millrace.bench.http.HttpScenario;
import dev.millrace.bench.store.StoreScenario;
import dev.millrace.bench.tasks.PeerScenario;
import java.util.Map;

/** A set of figures that are taken together. */
public interface Scenario {
  /** What is measured, in one line. */
  String about();

  void run(Scale scale, Report report) throws Exception;

  Map<String, Scenario> ALL =
      Map.of("http", new HttpScenario(), "peers", new PeerScenario(), "store", new StoreScenario());
}
