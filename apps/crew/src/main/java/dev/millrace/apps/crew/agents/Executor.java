package dev.millrace.apps.crew.agents;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an agent's work is done. Which fields count depends on the kind. Texts may name values of the
 * run, such as {@code {{input.input.ref}}} or {@code {{tasks.api-designer.outputs.spec}}}.
 */
@Doc("How an agent's work is done; which fields count depends on the kind.")
public record Executor(
    @Doc("Who or what does it.") @Default("person") ExecutorKind kind,
    @Doc("shell: the program, which crew.shell.programs must name, and its arguments.")
        @Default("[]")
        @Size(max = 200)
        List<String> command,
    @Doc("shell: working folder below the application's folder work; by default one of the run's.")
        @Nullable
        @Size(min = 1, max = 200)
        String folder,
    @Doc("shell: further variables of the environment, named CREW_….")
        @Default("{}")
        @Size(max = 50)
        Map<String, String> environment,
    @Doc("shell: JUnit, JaCoCo or Cobertura files, or folders of them, that the program writes.")
        @Default("[]")
        @Size(max = 20)
        List<String> reports,
    @Doc("http: where the work is posted.") @Nullable @Size(min = 1, max = 2_000) String url,
    @Doc("http: headers that go along.") @Default("{}") @Size(max = 20) Map<String, String> headers,
    @Doc("java: a registered task type.") @Nullable @Size(min = 1, max = 100) String type,
    @Doc("java: what it takes.") @Nullable JsonNode input,
    @Doc("How long an attempt may take; a person by default as long as the configuration says.")
        @Nullable Duration timeLimit) {

  /** Somebody who answers on the page. */
  public static final Executor PERSON =
      new Executor(
          ExecutorKind.PERSON,
          List.of(),
          null,
          Map.of(),
          List.of(),
          null,
          Map.of(),
          null,
          null,
          null);

  @SuppressWarnings("NullAway") // Absent in JSON.
  public Executor {
    kind = kind == null ? ExecutorKind.PERSON : kind;
    command = command == null ? List.of() : List.copyOf(command);
    environment = environment == null ? Map.of() : Map.copyOf(environment);
    reports = reports == null ? List.of() : List.copyOf(reports);
    headers = headers == null ? Map.of() : Map.copyOf(headers);
    input = input == null || input.isNull() ? null : input;
  }

  /** The same program in another folder and environment. */
  public Executor placed(@Nullable String place, Map<String, String> variables) {
    return new Executor(
        kind, command, place, variables, reports, url, headers, type, input, timeLimit);
  }

  /** A program with arguments, and the reports that it writes. */
  public static Executor shell(List<String> command, List<String> reports) {
    return new Executor(
        ExecutorKind.SHELL, command, null, Map.of(), reports, null, Map.of(), null, null, null);
  }
}
