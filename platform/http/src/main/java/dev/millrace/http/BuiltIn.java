package dev.millrace.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints that describe the others and themselves. */
final class BuiltIn {
  private BuiltIn() {}

  /**
   * The given endpoints and the describing ones.
   *
   * @throws IllegalArgumentException if two have the same operation id, or problems contradict
   */
  static List<Endpoint> with(Collection<Endpoint> endpoints, About about, JsonMapper mapper) {
    List<Endpoint> all = new ArrayList<>(endpoints);
    // The document is made when somebody first asks for it: it needs reflection on every record.
    Supplier<byte[]> document =
        once(() -> mapper.writeValueAsBytes(OpenApi.of(about, all, mapper)));
    all.add(document(document, mapper));
    all.add(reference(all));
    Set<String> ids = new HashSet<>();
    for (Endpoint endpoint : all) {
      if (!ids.add(endpoint.id())) {
        throw new IllegalArgumentException(
            "two endpoints have the operation id '" + endpoint.id() + "', one is " + endpoint);
      }
    }
    ErrorReference.of(all);
    return List.copyOf(all);
  }

  private static Endpoint document(Supplier<byte[]> document, JsonMapper mapper) {
    ObjectNode example = mapper.createObjectNode().put("openapi", "3.1.0");
    return Endpoint.get("/openapi.json")
        .id("getOpenApi")
        .summary("The description of all endpoints")
        .description("OpenAPI 3.1, for code generators and for the page at `/api`.")
        .tags("reference")
        .role(Role.PUBLIC)
        .answers(200, ObjectNode.class, example)
        .handle(_ -> Reply.bytes(200, document.get(), "application/json"));
  }

  private static Endpoint reference(List<Endpoint> all) {
    return Endpoint.get("/api/problems")
        .id("listProblems")
        .summary("All problems that any endpoint can answer with")
        .description("By status and code. The page at `/api` shows the same under each code.")
        .tags("reference")
        .role(Role.PUBLIC)
        .answersPage(ProblemType.class, HttpProblems.BODY_INVALID)
        .handle(_ -> Reply.ok(new Page<>(ErrorReference.of(all), null)));
  }

  private static <T> Supplier<T> once(Supplier<T> maker) {
    return new Supplier<>() {
      private volatile @Nullable T made;

      @Override
      public T get() {
        T value = made;
        if (value == null) {
          synchronized (this) {
            value = made;
            if (value == null) {
              value = maker.get();
              made = value;
            }
          }
        }
        return value;
      }
    };
  }
}
