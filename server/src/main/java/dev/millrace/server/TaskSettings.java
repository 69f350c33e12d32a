package dev.millrace.server;

import dev.millrace.app.Setting;
import dev.millrace.app.SettingException;
import dev.millrace.app.SettingText;
import dev.millrace.tasks.AdaptiveConfig;
import dev.millrace.tasks.Retention;
import dev.millrace.tasks.TasksConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of tasks; {@link TasksConfig} has more, whose defaults fit everybody so far. */
record TaskSettings(
    @Setting(
            value = "64",
            min = 1,
            max = 4096,
            doc = "How many tasks of a queue run at once, unless the queue has a limit of its own.")
        int concurrency,
    @Setting(
            value = "1m",
            max = 86_400_000,
            doc =
                "How much earlier a task counts as submitted for each level of priority: an idle"
                    + " task (9) waits at most 9 times this behind urgent ones (0).")
        Duration ageing,
    @Setting(value = "30d", min = 3_600_000, doc = "How long finished tasks stay in history.")
        Duration retention,
    @Setting(
            value = "10000000",
            min = 1000,
            max = 1_000_000_000,
            doc = "How many finished tasks stay in history.")
        long history,
    Adaptive adaptive,
    @Setting(
            doc =
                "How long finished tasks of single types stay, such as 'report.build=90d'; a name"
                    + " may end with '.*', and '*' is all. It counts before what the types say.")
        List<String> retentionByType,
    @Setting(
            doc =
                "How long the results of single types stay, such as '*=7d, image.resize=1h'; the"
                    + " task itself stays as long as it would.")
        List<String> resultRetentionByType,
    @Setting(
            value =
                "password, passphrase, secret, token, access-token, refresh-token, api-key,"
                    + " private-key, client-secret, authorization, credentials",
            doc =
                "Names of fields whose values nobody is shown, in inputs, results, logs and errors"
                    + " of all tasks; handlers get them whole.")
        List<String> redact,
    EncryptionSettings encryption) {
  private static final Pattern TYPE =
      Pattern.compile("\\*|[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*(\\.\\*)?");

  /** What finds out by itself how much is run at once. */
  record Adaptive(
      @Setting(
              value = "true",
              doc =
                  "Whether queues that are set to 'auto' find out by themselves how many of their"
                      + " tasks run at once; where not, they run what others run.")
          boolean autoConcurrency,
      @Setting(
              value = "",
              doc =
                  "Queues that are set to 'auto' from the start, unless somebody sets them"
                      + " otherwise; * for all.")
          List<String> autoQueues,
      @Setting(
              value = "true",
              doc =
                  "Whether less is started before memory is full, and submissions are refused as"
                      + " the last measure.")
          boolean memoryGuard,
      @Setting(
              value = "true",
              doc =
                  "Whether trials are made with how many tasks run at once, in queues that have"
                      + " more to do than they get done and that nobody has set.")
          boolean autoTuning,
      @Setting(
              value = "5s",
              min = 100,
              max = 3_600_000,
              doc = "How long such a trial takes at least, and what it is compared with.")
          Duration trialTime) {
    AdaptiveConfig config() {
      return new AdaptiveConfig(
          autoConcurrency, Set.copyOf(autoQueues), memoryGuard, autoTuning, trialTime);
    }
  }

  TasksConfig config(Duration gracePeriod) {
    return TasksConfig.defaults()
        .withConcurrency(concurrency)
        .withAgeing(ageing)
        .withStopGrace(gracePeriod)
        .withHistory(retention, history)
        .withAdaptive(adaptive.config())
        .withRetentions(retentions())
        .withRedacted(redact);
  }

  private Map<String, Retention> retentions() {
    var rules = new TreeMap<String, Retention>();
    for (String rule : retentionByType) {
      add(rules, "tasks.retention-by-type", rule, time -> new Retention(time, null));
    }
    for (String rule : resultRetentionByType) {
      add(rules, "tasks.result-retention-by-type", rule, time -> new Retention(null, time));
    }
    return rules;
  }

  private static void add(
      Map<String, Retention> rules,
      String key,
      String rule,
      Function<Duration, Retention> retention) {
    int equals = rule.indexOf('=');
    String type = rule.substring(0, Math.max(0, equals)).strip();
    if (!TYPE.matcher(type).matches()) {
      throw refused(key, rule, "there is no type before '='");
    }
    try {
      Retention added = retention.apply(SettingText.duration(rule.substring(equals + 1)));
      rules.merge(type, added, Retention::orElse);
    } catch (IllegalArgumentException wrong) {
      throw refused(key, rule, wrong.getMessage());
    }
  }

  private static SettingException refused(String key, String rule, @Nullable String why) {
    return new SettingException(
        key + " has '" + rule + "': " + why + "; write it like report.build=90d");
  }
}
