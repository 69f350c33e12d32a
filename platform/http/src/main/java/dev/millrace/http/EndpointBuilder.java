package dev.millrace.http;

import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the description of an {@link Endpoint}; {@link #handle} ends it. Not thread-safe.
 *
 * @param <B> what the body is read into, {@code Void} for none
 * @param <Q> the record of query parameters, {@code Void} for none
 */
public final class EndpointBuilder<B, Q> {
  private static final String JSON = "application/json";

  private final Endpoint.Method method;
  private final String path;
  private String id;
  private String summary = "";
  private String description = "";
  private final List<String> tags = new ArrayList<>();
  private final List<Endpoint.PathParameter> pathParameters = new ArrayList<>();
  private @Nullable Class<?> query;
  private Endpoint.@Nullable Body body;
  private final List<Endpoint.Answer> answers = new ArrayList<>();
  private final List<ProblemType> problems = new ArrayList<>();
  private Role role;
  private boolean etag;

  EndpointBuilder(Endpoint.Method method, String path) {
    if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
      throw new IllegalArgumentException("a path starts with / and does not end with it: " + path);
    }
    this.method = method;
    this.path = path;
    this.role = method == Endpoint.Method.GET ? Role.READER : Role.OPERATOR;
    this.etag = method == Endpoint.Method.GET;
    this.id = defaultId(method, path);
  }

  /** {@code GET /api/v1/tasks/{id}/log} becomes {@code getTasksIdLog}. */
  private static String defaultId(Endpoint.Method method, String path) {
    var id = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
    for (String segment : path.split("[^A-Za-z0-9]+", -1)) {
      if (!segment.isEmpty() && !segment.equals("api") && !segment.equals("v1")) {
        id.append(Character.toUpperCase(segment.charAt(0))).append(segment.substring(1));
      }
    }
    return id.toString();
  }

  /** The operation's name in generated clients, such as {@code submitTask}. */
  public EndpointBuilder<B, Q> id(String operation) {
    this.id = operation;
    return this;
  }

  /** What it does, in a few words. */
  public EndpointBuilder<B, Q> summary(String text) {
    this.summary = text;
    return this;
  }

  /** What it does, in full; may use Markdown. */
  public EndpointBuilder<B, Q> description(String text) {
    this.description = text;
    return this;
  }

  /** The groups it is listed under. */
  public EndpointBuilder<B, Q> tags(String... names) {
    tags.addAll(Arrays.asList(names));
    return this;
  }

  /** Describes a {@code {name}} of the path. */
  public EndpointBuilder<B, Q> path(String name, String doc, String example) {
    if (!path.contains("{" + name + "}")) {
      throw new IllegalArgumentException(path + " has no {" + name + "}");
    }
    pathParameters.add(new Endpoint.PathParameter(name, doc, example));
    return this;
  }

  /** The query parameters: components of a record that are scalars or lists of them. */
  @SuppressWarnings("unchecked")
  public <R extends Record> EndpointBuilder<B, R> query(Class<R> type) {
    this.query = type;
    return (EndpointBuilder<B, R>) this;
  }

  /** A JSON body, required, of at most the configured size. */
  public <R> EndpointBuilder<R, Q> body(Class<R> type, R example) {
    return body(new Endpoint.Body(type, JSON, example, 0, null, false));
  }

  /** A JSON body that may be absent. */
  public <R> EndpointBuilder<R, Q> optionalBody(Class<R> type, R example, R whenAbsent) {
    return body(new Endpoint.Body(type, JSON, example, 0, whenAbsent, false));
  }

  /** A body that is handed over as it comes, as bytes. */
  public EndpointBuilder<byte[], Q> bytes(String contentType) {
    return body(new Endpoint.Body(byte[].class, contentType, "", 0, null, false));
  }

  /**
   * A body that the handler reads while it comes, so that it may be large. Reading more than the
   * limit, or from a client that stops, throws an {@link java.io.IOException} or a problem; the
   * stream ends with the handler.
   */
  public EndpointBuilder<InputStream, Q> stream(String contentType, long maxBytes) {
    return body(new Endpoint.Body(InputStream.class, contentType, "", maxBytes, null, false));
  }

  @SuppressWarnings("unchecked")
  private <R> EndpointBuilder<R, Q> body(Endpoint.Body value) {
    this.body = value;
    return (EndpointBuilder<R, Q>) this;
  }

  /** Takes the body as {@code application/yaml}, too. Call it after a body in JSON. */
  public EndpointBuilder<B, Q> orYaml() {
    if (body == null || body.raw()) {
      throw new IllegalStateException(path + ": declare a body in JSON first");
    }
    this.body =
        new Endpoint.Body(
            body.type(),
            body.contentType(),
            body.example(),
            body.maxBytes(),
            body.whenAbsent(),
            true);
    return this;
  }

  /** Another limit of the body's size than the configured one, in bytes. Call it after the body. */
  public EndpointBuilder<B, Q> maxBody(long bytes) {
    if (body == null || bytes < 1) {
      throw new IllegalStateException(path + ": declare the body first, and a limit of 1 or more");
    }
    this.body =
        new Endpoint.Body(
            body.type(), body.contentType(), body.example(), bytes, body.whenAbsent(), body.yaml());
    return this;
  }

  /** An answer in JSON. */
  public <T> EndpointBuilder<B, Q> answers(int status, Class<T> type, T example) {
    answers.add(new Endpoint.Answer(status, describe(status), JSON, type, example));
    return this;
  }

  /** An answer in JSON whose example is worked out when somebody asks for the API document. */
  public <T> EndpointBuilder<B, Q> answersLazily(int status, Class<T> type, Supplier<T> example) {
    answers.add(new Endpoint.Answer(status, describe(status), JSON, type, example));
    return this;
  }

  /** An answer of 200 with a {@link Page} of items. */
  public <T> EndpointBuilder<B, Q> answersPage(Class<T> item, T example) {
    var page = new Page<>(List.of(example), null);
    answers.add(new Endpoint.Answer(200, "A page of the list", JSON, new PageOf(item), page));
    return this;
  }

  /** An answer without a body. */
  public EndpointBuilder<B, Q> answersEmpty(int status) {
    answers.add(new Endpoint.Answer(status, describe(status), null, null, null));
    return this;
  }

  /** An answer that is no JSON: a text, a file, a download. */
  public EndpointBuilder<B, Q> answersContent(
      int status, String contentType, String what, @Nullable String example) {
    answers.add(new Endpoint.Answer(status, what, contentType, null, example));
    etag = false;
    return this;
  }

  /**
   * An answer that is a stream of server-sent events.
   *
   * @param what which events come, and what their ids mean
   * @param example a few lines of the stream
   */
  public EndpointBuilder<B, Q> answersStream(String what, String example) {
    return answersContent(200, Endpoint.EVENTS, what, example);
  }

  private static String describe(int status) {
    return switch (status) {
      case 200 -> "Done";
      case 201 -> "Made";
      case 202 -> "Accepted, and goes on after the answer";
      case 204 -> "Done, with nothing to say";
      default -> "Answered";
    };
  }

  /** The problems it can answer with, besides those of every endpoint ({@link HttpProblems}). */
  public EndpointBuilder<B, Q> problems(ProblemType... types) {
    problems.addAll(Arrays.asList(types));
    return this;
  }

  /** Who may call it; by default readers may GET and operators may do the rest. */
  public EndpointBuilder<B, Q> role(Role needed) {
    this.role = needed;
    return this;
  }

  /** Leaves out the ETag, for answers that are never the same twice. */
  public EndpointBuilder<B, Q> noEtag() {
    this.etag = false;
    return this;
  }

  /** Ends the description with the code that answers. */
  public Endpoint handle(EndpointHandler<B, Q> handler) {
    if (summary.isBlank() || answers.isEmpty()) {
      throw new IllegalStateException(method + " " + path + " needs a summary and an answer");
    }
    List<String> named = pathParameters.stream().map(Endpoint.PathParameter::name).toList();
    if (!named.containsAll(Route.namesIn(path))) {
      throw new IllegalStateException(
          method + " " + path + ": describe each name of the path with path(name, doc, example)");
    }
    return new Endpoint(
        method,
        path,
        id,
        summary,
        description,
        List.copyOf(tags),
        List.copyOf(pathParameters),
        query,
        body,
        List.copyOf(answers),
        List.copyOf(problems),
        role,
        etag,
        handler);
  }

  /** {@code Page<item>} as a type. */
  private record PageOf(Class<?> item) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {item};
    }

    @Override
    public Type getRawType() {
      return Page.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
