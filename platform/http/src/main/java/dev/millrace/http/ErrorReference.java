package dev.millrace.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All problem types that a set of endpoints can answer with. */
final class ErrorReference {
  private ErrorReference() {}

  /**
   * By status and code, each once.
   *
   * @throws IllegalArgumentException if two types share a code and differ
   */
  static List<ProblemType> of(Collection<Endpoint> endpoints) {
    Map<String, ProblemType> byCode = new LinkedHashMap<>();
    HttpProblems.all().forEach(type -> add(type, byCode));
    endpoints.forEach(endpoint -> endpoint.problems().forEach(type -> add(type, byCode)));
    return byCode.values().stream()
        .sorted(Comparator.comparingInt(ProblemType::status).thenComparing(ProblemType::code))
        .toList();
  }

  private static void add(ProblemType type, Map<String, ProblemType> byCode) {
    ProblemType other = byCode.putIfAbsent(type.code(), type);
    if (other != null && !other.equals(type)) {
      throw new IllegalArgumentException(
          "the problem code '" + type.code() + "' is declared twice and differently");
    }
  }

  /** What one endpoint can answer with: its own, and those that follow from what it reads. */
  static List<ProblemType> of(Endpoint endpoint) {
    List<ProblemType> types = new ArrayList<>(endpoint.problems());
    types.add(HttpProblems.REQUEST_MALFORMED);
    types.add(HttpProblems.QUERY_INVALID);
    if (endpoint.body() != null) {
      ofBody(endpoint.body(), types);
    }
    if (endpoint.method() != Endpoint.Method.GET) {
      types.add(HttpProblems.ORIGIN_REFUSED);
    }
    if (endpoint.role() != Role.PUBLIC) {
      types.add(HttpProblems.UNAUTHENTICATED);
      types.add(HttpProblems.FORBIDDEN);
    }
    if (endpoint.streams()) {
      types.add(HttpProblems.STREAMS_FULL);
    }
    types.add(HttpProblems.NOT_ACCEPTABLE);
    types.add(HttpProblems.URI_TOO_LONG);
    types.add(HttpProblems.HOST_REFUSED);
    types.add(HttpProblems.HEADERS_TOO_LARGE);
    types.add(HttpProblems.INTERNAL);
    types.add(HttpProblems.STOPPING);
    return types.stream().distinct().toList();
  }

  private static void ofBody(Endpoint.Body body, List<ProblemType> types) {
    if (body.whenAbsent() == null) {
      types.add(HttpProblems.BODY_MISSING);
    }
    if (!body.raw()) {
      types.add(HttpProblems.JSON_MALFORMED);
      types.add(HttpProblems.JSON_TOO_DEEP);
      if (body.yaml()) {
        types.add(HttpProblems.YAML_MALFORMED);
      }
      types.add(HttpProblems.BODY_INVALID);
    }
    types.add(HttpProblems.REQUEST_TIMEOUT);
    types.add(HttpProblems.BODY_TOO_LARGE);
    types.add(HttpProblems.MEDIA_TYPE_UNSUPPORTED);
  }
}
