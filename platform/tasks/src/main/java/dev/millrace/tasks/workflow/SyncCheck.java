package dev.millrace.tasks.workflow;

import dev.millrace.expression.Criteria;
import dev.millrace.expression.Verdict;
import dev.millrace.expression.Verdict.Detail;
import dev.millrace.expression.Verdict.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Judges sync points from the results of a stage. */
final class SyncCheck {
  private SyncCheck() {}

  /** What was found; null if metrics are missing that may still be handed in. */
  static @Nullable Verdict check(SyncPoint sync, StageRun stage, Map<String, Object> handedIn) {
    Verdict votes = votes(sync, stage);
    boolean decided = votes != null && !votes.success();
    if (decided || sync.type() == SyncPoint.Type.APPROVAL || !hasCriteria(sync)) {
      return votes;
    }
    Map<String, Object> metrics = metrics(stage, handedIn);
    boolean missing = criteria(sync).names().stream().anyMatch(name -> !metrics.containsKey(name));
    return missing ? null : both(votes, criteria(criteria(sync), stage, metrics, handedIn));
  }

  /** How those rules fare whose metrics are known already; null if there is none. */
  static @Nullable Verdict soFar(Watch watch, StageRun stage, Map<String, Object> handedIn) {
    Map<String, Object> metrics = metrics(stage, handedIn);
    var known = new TreeMap<>(watch.criteria());
    known.keySet().retainAll(metrics.keySet());
    return known.isEmpty() ? null : criteria(Criteria.of(known), stage, metrics, handedIn);
  }

  /** The verdict when no more metrics are waited for. */
  static Verdict inTheEnd(SyncPoint sync, StageRun stage, Map<String, Object> handedIn) {
    Map<String, Object> metrics = metrics(stage, handedIn);
    return both(votes(sync, stage), criteria(criteria(sync), stage, metrics, handedIn));
  }

  private static @Nullable Verdict votes(SyncPoint sync, StageRun stage) {
    return switch (sync.type()) {
      case CONSENSUS -> consensus(sync, stage);
      case QUORUM -> quorum(sync, stage);
      case CRITERIA, APPROVAL -> null;
    };
  }

  private static boolean hasCriteria(SyncPoint sync) {
    return sync.type() == SyncPoint.Type.CRITERIA
        || !sync.criteria().isEmpty()
        || sync.where() != null;
  }

  private static Verdict both(@Nullable Verdict votes, Verdict criteria) {
    if (votes == null) {
      return criteria;
    }
    var failed = new ArrayList<>(votes.failed());
    failed.addAll(criteria.failed());
    var details = new LinkedHashMap<>(votes.details());
    details.putAll(criteria.details());
    return new Verdict(failed.isEmpty(), failed, details);
  }

  /**
   * Where several tasks measured the same, the criteria must hold with what each of them measured:
   * a good number of one does not hide a bad one of another.
   */
  private static Verdict criteria(
      Criteria criteria,
      StageRun stage,
      Map<String, Object> metrics,
      Map<String, Object> handedIn) {
    Verdict verdict = criteria.check(metrics);
    for (JsonNode result : results(stage)) {
      var own = new LinkedHashMap<String, Object>(metrics);
      measured(result, own);
      own.putAll(handedIn);
      if (verdict.success() && !own.equals(metrics)) {
        verdict = criteria.check(own);
      }
    }
    return verdict;
  }

  private static Criteria criteria(SyncPoint sync) {
    Criteria criteria = Criteria.of(sync.criteria());
    String where = sync.where();
    return where == null ? criteria : criteria.and(Criteria.where(where));
  }

  /** What the stage's tasks measured and what was handed in, which counts before that. */
  private static Map<String, Object> metrics(StageRun stage, Map<String, Object> handedIn) {
    var metrics = new LinkedHashMap<String, Object>();
    results(stage).forEach(result -> measured(result, metrics));
    metrics.putAll(handedIn);
    return metrics;
  }

  /** The fields of a result, and those of its field {@code metrics}. */
  private static void measured(JsonNode result, Map<String, Object> into) {
    fields(result, into);
    fields(result.path("metrics"), into);
  }

  private static void fields(JsonNode object, Map<String, Object> into) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      Object value = plain(field.getValue());
      if (value != null) {
        into.put(field.getKey(), value);
      }
    }
  }

  private static List<JsonNode> results(StageRun stage) {
    var results = new ArrayList<JsonNode>();
    for (JobRun job : stage.tasks().values()) {
      JsonNode output = job.output();
      if (output != null && output.isArray()) {
        output.forEach(results::add);
      } else if (output != null) {
        results.add(output);
      }
    }
    return results;
  }

  private static @Nullable Object plain(JsonNode value) {
    if (value.isNumber()) {
      return value.numberValue();
    }
    return value.isBoolean()
        ? (Object) value.booleanValue()
        : value.isString() ? value.stringValue() : null;
  }

  private static Verdict consensus(SyncPoint sync, StageRun stage) {
    var weights = new LinkedHashMap<String, Double>();
    double all = 0;
    for (JsonNode result : results(stage)) {
      double confidence = result.path("confidence").asDouble(1);
      String conclusion = result.path("conclusion").asString("");
      if (!conclusion.isBlank()) {
        weights.merge(conclusion, confidence, Double::sum);
      }
      all += confidence;
    }
    String common = "";
    for (Map.Entry<String, Double> entry : weights.entrySet()) {
      if (entry.getValue() > weights.getOrDefault(common, 0.0)) {
        common = entry.getKey();
      }
    }
    // Whoever concludes nothing agrees with nobody.
    double share = all > 0 ? weights.getOrDefault(common, 0.0) / all : 0;
    String rule = ">=" + sync.agreement();
    return verdict(
        "agreement",
        rule,
        share,
        share >= sync.agreement(),
        "the share that agrees on '" + common + "' is " + share + dissent(stage, common));
  }

  /** Who thinks otherwise, so that one knows whom to ask again. */
  private static String dissent(StageRun stage, String common) {
    var dissenters = new ArrayList<String>();
    stage
        .tasks()
        .forEach((name, job) -> {
          JsonNode output = job.output();
          if (output != null && !output.path("conclusion").asString("").equals(common)) {
            dissenters.add(name);
          }
        });
    return dissenters.isEmpty() ? "" : "; otherwise think " + String.join(", ", dissenters);
  }

  private static Verdict quorum(SyncPoint sync, StageRun stage) {
    long succeeded =
        stage.tasks().values().stream().filter(job -> job.status() == Status.SUCCEEDED).count();
    Integer quorum = sync.quorum();
    int needed = quorum == null ? stage.tasks().size() : quorum;
    return verdict(
        "succeeded",
        ">=" + needed,
        succeeded,
        succeeded >= needed,
        succeeded + " of " + stage.tasks().size() + " tasks succeeded");
  }

  /** A verdict of one criterion. */
  static Verdict verdict(
      String criterion, String rule, Object actual, boolean passed, String reason) {
    return new Verdict(
        passed,
        passed ? List.of() : List.of(new Failure(criterion, rule, actual, reason)),
        Map.of(criterion, new Detail(rule, actual, passed)));
  }
}
