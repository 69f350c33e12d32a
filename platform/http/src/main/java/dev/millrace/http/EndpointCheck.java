package dev.millrace.http;

import dev.millrace.http.schema.Schema;
import dev.millrace.http.schema.SchemaException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Proves descriptions of endpoints, for the tests of those who declare them: the schemas can be
 * built, every example fits its own schema, every tag and parameter is described.
 */
public final class EndpointCheck {
  private final JsonMapper mapper;
  private final List<String> complaints = new ArrayList<>();

  private EndpointCheck(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** What is wrong with the descriptions, one sentence each; empty if nothing is. */
  public static List<String> complaints(Collection<Endpoint> endpoints, JsonMapper mapper) {
    var check = new EndpointCheck(mapper);
    endpoints.forEach(check::check);
    return List.copyOf(check.complaints);
  }

  private void check(Endpoint endpoint) {
    if (endpoint.tags().isEmpty()) {
      complaints.add(endpoint + " has no tag");
    }
    Class<?> query = endpoint.query();
    if (query != null) {
      try {
        Schema.of(query, mapper).checkQuery();
      } catch (IllegalArgumentException wrong) {
        complaints.add(endpoint + ": " + wrong.getMessage());
      }
    }
    Endpoint.Body body = endpoint.body();
    if (body != null && !body.raw()) {
      example(endpoint, "the example of the body", body.type(), body.example());
    }
    for (Endpoint.Answer answer : endpoint.answers()) {
      example(endpoint, "the example of " + answer.status(), answer.type(), answer.example());
    }
  }

  private void example(
      Endpoint endpoint, String what, @Nullable Type type, @Nullable Object example) {
    if (type == null) {
      return;
    }
    if (example == null) {
      complaints.add(endpoint + ": " + what + " is missing");
      return;
    }
    try {
      var _ = Schema.ofType(type, mapper).read(mapper.writeValueAsBytes(example));
    } catch (SchemaException wrong) {
      complaints.add(endpoint + ": " + what + " does not fit: " + wrong.faults());
    }
  }

  /** The problem codes that the endpoints declare, to compare with those that code can throw. */
  public static Set<String> codes(Collection<Endpoint> endpoints) {
    return Set.copyOf(ErrorReference.of(endpoints).stream().map(ProblemType::code).toList());
  }
}
