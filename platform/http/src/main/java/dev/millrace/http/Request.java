package dev.millrace.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as its handler sees it: body and query are read and checked already. Belongs to the
 * thread of the handler, and is used up when the handler has returned.
 */
public final class Request<B, Q> {
  private final org.eclipse.jetty.server.Request request;
  private final Map<String, String> path;
  private final @Nullable B body;
  private final @Nullable Q query;
  private final Trace trace;
  private final Role role;
  private final Departure departure;

  Request(
      org.eclipse.jetty.server.Request request,
      Map<String, String> path,
      @Nullable B body,
      @Nullable Q query,
      Trace trace,
      Role role,
      Departure departure) {
    this.request = request;
    this.path = path;
    this.body = body;
    this.query = query;
    this.trace = trace;
    this.role = role;
    this.departure = departure;
  }

  /** The body. */
  public B body() {
    if (body == null) {
      throw new IllegalStateException("a bug: the endpoint declares no body");
    }
    return body;
  }

  /** The query parameters. */
  public Q query() {
    if (query == null) {
      throw new IllegalStateException("a bug: the endpoint declares no query");
    }
    return query;
  }

  /** The decoded value of a {@code {name}} in the path. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("a bug: the endpoint's path has no {" + name + "}");
    }
    return value;
  }

  /** A header's first value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The id of the last event that a returning client has seen; resume after it. */
  public Optional<String> lastEventId() {
    return Optional.ofNullable(request.getHeaders().get("Last-Event-ID"))
        .filter(id -> !id.isEmpty());
  }

  /** The id of this request, as the answer's {@code X-Request-Id} shows it. */
  public String id() {
    return trace.requestId();
  }

  /**
   * The W3C trace context: the client's, or one made for this request. Hand it to tasks and
   * outgoing requests.
   */
  public String traceparent() {
    return trace.traceparent();
  }

  /** The role of the caller. */
  public Role role() {
    return role;
  }

  /** The address of the other end of the connection. */
  public String remoteAddress() {
    return org.eclipse.jetty.server.Request.getRemoteAddr(request);
  }

  /**
   * Whether nobody waits for the answer any more: the client closed the connection, or the server
   * stops and its grace period is over. Handlers that take long ask now and then, and end early.
   * The client is watched from the first call on, so ask once before the long work begins. May be
   * called by any thread while the handler runs.
   */
  public boolean cancelled() {
    return departure.happened();
  }
}
