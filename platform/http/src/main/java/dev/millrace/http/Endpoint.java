package dev.millrace.http;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One method of one path as data: routing, checks, the API document, the error reference and the
 * page to try it all come from this description. Immutable. Made by {@link #get} and its siblings:
 *
 * <pre>{@code
 * Endpoint.post("/api/v1/tasks")
 *     .summary("Submit a task")
 *     .body(SubmitTask.class, new SubmitTask("mail.send", …))
 *     .answers(202, Submitted.class, new Submitted(…))
 *     .problems(TASK_TYPE_UNKNOWN)
 *     .handle(request -> Reply.accepted(tasks.submit(request.body())));
 * }</pre>
 */
public record Endpoint(
    Method method,
    String path,
    String id,
    String summary,
    String description,
    List<String> tags,
    List<PathParameter> pathParameters,
    @Nullable Class<?> query,
    @Nullable Body body,
    List<Answer> answers,
    List<ProblemType> problems,
    Role role,
    boolean etag,
    EndpointHandler<?, ?> handler) {

  static final String EVENTS = "text/event-stream";

  /** The methods that endpoints can have. HEAD and OPTIONS are answered by the server. */
  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /** A {@code {name}} in the path. */
  public record PathParameter(String name, String doc, String example) {}

  /**
   * The body that is read.
   *
   * @param type the record it is read into; {@code byte[]} for one that is taken as it comes,
   *     {@code InputStream} for one that is read while it comes
   * @param contentType what the request must say it is
   * @param example a value of the type
   * @param maxBytes the largest body; larger ones are refused before they are read to the end
   * @param whenAbsent stands for an empty body; null if a body is required
   * @param yaml whether it may be sent as {@code application/yaml} instead
   */
  public record Body(
      Type type,
      String contentType,
      Object example,
      long maxBytes,
      @Nullable Object whenAbsent,
      boolean yaml) {

    /** Whether it is taken as it comes, whatever it says. */
    boolean raw() {
      return type == byte[].class || type == InputStream.class;
    }
  }

  /**
   * A successful answer.
   *
   * @param type what is written as JSON; null for answers without a body or with another content
   * @param example of the type, or a supplier of one
   */
  public record Answer(
      int status,
      String description,
      @Nullable String contentType,
      @Nullable Type type,
      @Nullable Object example) {
    /** The example itself, worked out now if it is a supplier's. */
    @Override
    public @Nullable Object example() {
      return example instanceof Supplier<?> later ? later.get() : example;
    }
  }

  public static EndpointBuilder<Void, Void> get(String path) {
    return new EndpointBuilder<>(Method.GET, path);
  }

  public static EndpointBuilder<Void, Void> post(String path) {
    return new EndpointBuilder<>(Method.POST, path);
  }

  public static EndpointBuilder<Void, Void> put(String path) {
    return new EndpointBuilder<>(Method.PUT, path);
  }

  public static EndpointBuilder<Void, Void> patch(String path) {
    return new EndpointBuilder<>(Method.PATCH, path);
  }

  public static EndpointBuilder<Void, Void> delete(String path) {
    return new EndpointBuilder<>(Method.DELETE, path);
  }

  /** Whether it answers with a stream of events. */
  boolean streams() {
    return answers.stream().anyMatch(answer -> EVENTS.equals(answer.contentType()));
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
