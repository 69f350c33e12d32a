package dev.millrace.http;

import dev.millrace.http.schema.Definitions;
import dev.millrace.http.schema.Schema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the API document, OpenAPI 3.1, from the endpoints: every one of them, with its examples
 * and all problems it can answer with.
 */
final class OpenApi {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String EXAMPLES = "#/components/examples/";

  private final JsonMapper mapper;
  private final Definitions definitions;
  private final ObjectNode document;

  private OpenApi(JsonMapper mapper) {
    this.mapper = mapper;
    this.definitions = new Definitions(mapper, SCHEMAS);
    this.document = mapper.createObjectNode();
  }

  /** The document of a set of endpoints. */
  static ObjectNode of(About about, Collection<Endpoint> endpoints, JsonMapper mapper) {
    return new OpenApi(mapper).write(about, endpoints);
  }

  private ObjectNode write(About about, Collection<Endpoint> endpoints) {
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", about.title())
        .put("version", about.version())
        .put("description", about.description());
    document.putArray("servers").addObject().put("url", "/");
    var tags = new TreeSet<String>();
    endpoints.forEach(endpoint -> tags.addAll(endpoint.tags()));
    var tagList = document.putArray("tags");
    tags.forEach(tag -> tagList.addObject().put("name", tag));
    ObjectNode paths = document.putObject("paths");
    for (Endpoint endpoint : endpoints) {
      ObjectNode path =
          paths.has(endpoint.path())
              ? (ObjectNode) paths.get(endpoint.path())
              : paths.putObject(endpoint.path());
      path.set(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
    }
    Schema.of(Problem.class, mapper).describe(definitions);
    ObjectNode components = document.putObject("components");
    components.set("schemas", definitions.schemas());
    examples(components.putObject("examples"), endpoints);
    components
        .putObject("securitySchemes")
        .putObject("key")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "Needed only where the server has keys.");
    return document;
  }

  private void examples(ObjectNode examples, Collection<Endpoint> endpoints) {
    for (ProblemType type : ErrorReference.of(endpoints)) {
      Problem problem = Problem.of(type, type.title() + ".", List.of());
      ObjectNode example = examples.putObject(type.code()).put("summary", type.title());
      example.put("description", type.remedy());
      example.set("value", mapper.valueToTree(problem));
    }
  }

  private ObjectNode operation(Endpoint endpoint) {
    ObjectNode operation = mapper.createObjectNode();
    operation.put("operationId", endpoint.id()).put("summary", endpoint.summary());
    if (!endpoint.description().isEmpty()) {
      operation.put("description", endpoint.description());
    }
    var tags = operation.putArray("tags");
    endpoint.tags().forEach(tags::add);
    parameters(endpoint, operation);
    body(endpoint, operation);
    ObjectNode responses = operation.putObject("responses");
    endpoint.answers().forEach(answer -> answer(endpoint, answer, responses));
    problems(endpoint, responses);
    operation.put("x-role", endpoint.role().name().toLowerCase(Locale.ROOT));
    var security = operation.putArray("security");
    security.addObject();
    if (endpoint.role() != Role.PUBLIC) {
      security.addObject().putArray("key");
    }
    return operation;
  }

  private void parameters(Endpoint endpoint, ObjectNode operation) {
    var parameters = operation.putArray("parameters");
    for (Endpoint.PathParameter parameter : endpoint.pathParameters()) {
      ObjectNode node = parameters.addObject().put("name", parameter.name()).put("in", "path");
      node.put("required", true).put("description", parameter.doc());
      node.putObject("schema").put("type", "string");
      node.put("example", parameter.example());
    }
    Class<?> query = endpoint.query();
    if (query != null) {
      Schema.of(query, mapper)
          .describeParameters(
              definitions,
              (name, doc, required, schema) -> {
                ObjectNode node = parameters.addObject().put("name", name).put("in", "query");
                node.put("required", required);
                if (!doc.isEmpty()) {
                  node.put("description", doc);
                }
                node.set("schema", schema);
              });
    }
    if (endpoint.streams()) {
      ObjectNode node = parameters.addObject().put("name", "Last-Event-ID").put("in", "header");
      node.put(
          "description", "The id of the last event that was seen; the stream goes on after it.");
      node.putObject("schema").put("type", "string");
    }
    if (endpoint.etag()) {
      ObjectNode node = parameters.addObject().put("name", "If-None-Match").put("in", "header");
      node.put("description", "The ETag of an earlier answer; 304 if it is still the same.");
      node.putObject("schema").put("type", "string");
    }
  }

  private void body(Endpoint endpoint, ObjectNode operation) {
    Endpoint.Body body = endpoint.body();
    if (body == null) {
      return;
    }
    ObjectNode node = operation.putObject("requestBody").put("required", body.whenAbsent() == null);
    ObjectNode contents = node.putObject("content");
    ObjectNode content = contents.putObject(body.contentType());
    if (body.raw()) {
      content.putObject("schema").put("type", "string").put("format", "binary");
    } else {
      content.set("schema", Schema.ofType(body.type(), mapper).describe(definitions));
      content.set("example", mapper.valueToTree(body.example()));
    }
    if (body.yaml()) {
      contents
          .putObject(Fields.YAML)
          .set("schema", Schema.ofType(body.type(), mapper).describe(definitions));
    }
  }

  private void answer(Endpoint endpoint, Endpoint.Answer answer, ObjectNode responses) {
    ObjectNode node = responses.putObject(Integer.toString(answer.status()));
    node.put("description", answer.description());
    ObjectNode headers = node.putObject("headers");
    header(headers, "X-Request-Id", "The id of the request in the server's log.");
    if (endpoint.etag()) {
      header(headers, "ETag", "Changes when the answer does.");
    }
    if (answer.contentType() == null) {
      return;
    }
    ObjectNode content = node.putObject("content").putObject(answer.contentType());
    if (answer.type() != null) {
      content.set("schema", Schema.ofType(answer.type(), mapper).describe(definitions));
    } else {
      ObjectNode schema = content.putObject("schema").put("type", "string");
      if (!answer.contentType().startsWith("text/")) {
        schema.put("format", "binary");
      }
    }
    if (answer.example() != null) {
      content.set("example", mapper.valueToTree(answer.example()));
    }
    if (endpoint.etag()) {
      responses.putObject("304").put("description", "The same as the ETag of the request names.");
    }
  }

  private static void header(ObjectNode headers, String name, String description) {
    headers
        .putObject(name)
        .put("description", description)
        .putObject("schema")
        .put("type", "string");
  }

  private void problems(Endpoint endpoint, ObjectNode responses) {
    Map<Integer, ObjectNode> byStatus = new LinkedHashMap<>();
    for (ProblemType type : ErrorReference.of(endpoint)) {
      ObjectNode content =
          byStatus.computeIfAbsent(type.status(), status -> problem(status, responses));
      content.withObject("examples").putObject(type.code()).put("$ref", EXAMPLES + type.code());
      content.withObject("/schema/allOf/1/properties/code").withArray("enum").add(type.code());
      ObjectNode node = (ObjectNode) responses.get(Integer.toString(type.status()));
      String before = node.path("description").asString("");
      node.put(
          "description",
          (before.isEmpty() ? "" : before + "; ") + type.code() + ": " + type.title());
    }
  }

  private static ObjectNode problem(int status, ObjectNode responses) {
    ObjectNode content =
        responses
            .putObject(Integer.toString(status))
            .put("description", "")
            .putObject("content")
            .putObject(Problem.CONTENT_TYPE);
    var both = content.putObject("schema").putArray("allOf");
    both.addObject().put("$ref", SCHEMAS + "Problem");
    both.addObject().putObject("properties").putObject("code");
    return content;
  }
}
