package dev.millrace.server.config;

import dev.millrace.app.SettingException;
import dev.millrace.app.SettingKey;
import dev.millrace.app.Settings;
import dev.millrace.app.Settings.Given;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The effective configuration of a process. Later sources win: defaults, the file {@value #FILE} in
 * the data folder, environment variables, {@code --set}. Immutable.
 *
 * @param schema the known keys
 * @param settings the given values
 */
public record Configuration(ConfigurationSchema schema, Settings settings) {
  /** The name of the file in the data folder. */
  public static final String FILE = "millrace.yaml";

  /** A key, its effective value, and where it comes from. */
  public record Entry(SettingKey key, String value, String source) {
    /** The value as it may be shown: a secret that is set is {@value #HIDDEN}. */
    public String shown() {
      return key.secret() && !value.isEmpty() ? HIDDEN : value;
    }
  }

  /** What is shown of a secret. */
  public static final String HIDDEN = "(hidden)";

  /**
   * Reads all sources and checks every given value.
   *
   * @param environment the process's variables; those that begin with {@code MILLRACE_} count
   * @param sets {@code key=value} pairs from the command line
   * @throws SettingException if a key is unknown or a value not allowed, naming all of them
   */
  public static Configuration load(
      ConfigurationSchema schema, Path data, Map<String, String> environment, List<String> sets) {
    Map<String, Given> given = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    ConfigurationFile.read(data.resolve(FILE))
        .forEach((name, text) -> put(schema, given, problems, name, new Given(text, FILE)));
    new TreeMap<>(environment)
        .forEach((variable, text) -> {
          if (variable.startsWith("MILLRACE_") && !LAUNCHER_VARIABLES.contains(variable)) {
            attempt(
                problems,
                () -> {
                  SettingKey key = schema.keyOfVariable(variable);
                  Given value = new Given(text, "environment " + variable);
                  Settings.check(key, value);
                  given.put(key.name(), value);
                });
          }
        });
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        problems.add("--set " + set + ": write it as --set key=value");
      } else {
        put(
            schema,
            given,
            problems,
            set.substring(0, equals).strip(),
            new Given(set.substring(equals + 1), "--set"));
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingException(String.join("\n", problems));
    }
    return new Configuration(schema, new Settings(given));
  }

  /** Variables that the launcher script reads itself. */
  private static final List<String> LAUNCHER_VARIABLES = List.of("MILLRACE_JAVA_OPTS");

  /** Writes the commented file into the data folder, unless it is there. */
  public void writeTemplate(Path data) {
    ConfigurationFile.writeTemplate(data.resolve(FILE), schema);
  }

  /** Every known key with its effective value and its source. */
  public List<Entry> entries() {
    return schema.keys().stream()
        .map(key -> {
          Given value = settings.given(key.name());
          return value == null
              ? new Entry(key, key.setting().value(), "default")
              : new Entry(key, value.text(), value.source());
        })
        .toList();
  }

  private static void put(
      ConfigurationSchema schema,
      Map<String, Given> given,
      List<String> problems,
      String name,
      Given value) {
    attempt(
        problems,
        () -> {
          Settings.check(schema.key(name, value.source()), value);
          given.put(name, value);
        });
  }

  private static void attempt(List<String> problems, Runnable step) {
    try {
      step.run();
    } catch (SettingException problem) {
      problems.add(problem.getMessage());
    }
  }
}
