package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.gates.Consensus;
import dev.millrace.apps.crew.gates.Criterion;
import dev.millrace.apps.crew.plan.ProcessGate;
import dev.millrace.apps.crew.plan.Stage;
import dev.millrace.apps.crew.plan.SyncType;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Watch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one sync point of the workflow out of a stage's sync point and its gate. */
final class StageSync {
  /** The share of those who agree, 0 to 1, and the same in percent. */
  private static final Map<String, Double> SHARES =
      Map.of("agreement", 1.0, "agreement_percent", 100.0);

  private static final Duration USUAL = Duration.ofMinutes(5);

  private StageSync() {}

  /**
   * The sync point; null if the stage just ends.
   *
   * @param least how long it waits at least
   */
  static @Nullable SyncPoint of(Stage stage, Duration least) {
    dev.millrace.apps.crew.plan.SyncPoint sync = stage.sync();
    Map<String, String> rules = new LinkedHashMap<>();
    boolean consensus = sync != null && sync.type() == SyncType.CONSENSUS;
    boolean approval =
        sync != null && sync.type() == SyncType.CHECKPOINT && sync.criteria().isEmpty();
    double agreement = Consensus.THRESHOLD;
    if (sync != null) {
      for (Map.Entry<String, String> rule : sync.criteria().entrySet()) {
        Double whole = SHARES.get(rule.getKey());
        if (consensus && whole != null) {
          agreement = share(rule.getKey(), rule.getValue(), whole);
        } else {
          rules.put(rule.getKey(), rule.getValue());
        }
      }
    }
    if (stage.gate() != null) {
      rules.putAll(stage.gate());
    }
    if (approval && !rules.isEmpty()) {
      rules.put("approved", "true");
      approval = false;
    }
    if (!consensus && !approval && rules.isEmpty()) {
      return null;
    }
    SyncPoint.Type type =
        consensus
            ? SyncPoint.Type.CONSENSUS
            : approval ? SyncPoint.Type.APPROVAL : SyncPoint.Type.CRITERIA;
    Duration limit = sync == null ? USUAL : sync.timeout();
    SyncPoint point =
        new SyncPoint(
            type,
            plain(rules),
            null,
            agreement,
            null,
            limit.compareTo(least) < 0 ? least : limit,
            null,
            sync == null || sync.mustPass());
    return type == SyncPoint.Type.APPROVAL ? point : point.withRetries(stage.retries());
  }

  /**
   * What must hold before a stage begins.
   *
   * @param least how long metrics that are missing are waited for at least
   */
  static SyncPoint entry(Map<String, String> rules, Duration least) {
    Duration limit = USUAL.compareTo(least) < 0 ? least : USUAL;
    return new SyncPoint(
        SyncPoint.Type.CRITERIA, plain(rules), null, SyncPoint.AGREEMENT, null, limit, null, true);
  }

  /** What is looked at while a stage is at work. */
  static Watch watch(ProcessGate gate) {
    return new Watch(plain(gate.rules()), gate.stops());
  }

  /** The least share that fulfils the rule. */
  private static double share(String metric, String rule, double whole) {
    Criterion criterion = Criterion.parse(metric, rule);
    try {
      double share = Double.parseDouble(criterion.wanted()) / whole;
      double least = criterion.operator() == Criterion.Operator.MORE ? Math.nextUp(share) : share;
      return Math.clamp(least, 0.001, 1);
    } catch (NumberFormatException none) {
      return Consensus.THRESHOLD;
    }
  }

  private static Map<String, Object> plain(Map<String, String> rules) {
    Map<String, Object> plain = new LinkedHashMap<>();
    rules.forEach((metric, rule) -> {
      String text = rule.strip();
      boolean truth = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
      plain.put(metric, truth ? (Object) Boolean.valueOf(text) : text);
    });
    return plain;
  }
}
