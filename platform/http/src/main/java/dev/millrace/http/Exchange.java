package dev.millrace.http;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer: checks where it comes from, finds the route, calls the handler. Runs
 * on the request's virtual thread; completes itself when the last byte has gone out.
 */
final class Exchange implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER_SECONDS = "2";

  private final Engine engine;
  private final Request request;
  private final Response response;
  private final Callback done;
  private final HttpFields asked;
  private final long start = System.nanoTime();
  private final Trace trace;
  private final ReplyWriter out;
  private final Departure departure;
  private @Nullable Timers timers;
  private boolean entered;

  /** The thread that runs the handler; null before and after. Guarded by this. */
  private @Nullable Thread handler;

  /** Whether the stop has interrupted the handler. Guarded by this. */
  private boolean hurried;

  Exchange(Engine engine, Request request, Response response, Callback done) {
    this.engine = engine;
    this.request = request;
    this.response = response;
    this.done = done;
    this.asked = request.getHeaders();
    this.trace = new Trace(asked.get("traceparent"), asked.get("X-Request-Id"));
    this.departure = new Departure(request);
    this.out = new ReplyWriter(engine, request, response, trace, departure, this);
    this.timers = engine.unrouted;
  }

  void run() {
    synchronized (this) {
      handler = Thread.currentThread();
    }
    try {
      entered = engine.inFlight.enter(this);
      if (!entered) {
        throw stopping("The server is stopping.");
      }
      answer();
    } catch (ProblemException problem) {
      if (problem.type().status() == UNAVAILABLE && !response.isCommitted()) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
      }
      closeUnlessRead();
      out.write(problem.problem());
    } catch (Exception failure) {
      failedBy(failure);
    } finally {
      handled();
    }
  }

  /**
   * Tells a client whose body has not come in full that the connection ends with this answer;
   * otherwise it would send its next request on it, and lose that.
   */
  private void closeUnlessRead() {
    if (!response.isCommitted() && !request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  private void failedBy(Exception failure) {
    if (isClientGone(failure)) {
      failed(failure);
    } else if (wasHurried()) {
      out.write(stopping("The server stopped before this was done.").problem());
    } else {
      out.write(unexpected(failure));
    }
  }

  private ProblemException stopping(String detail) {
    if (!response.isCommitted()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return HttpProblems.STOPPING.because(detail);
  }

  /** The thread goes on to other requests, which an interrupt of this one must not reach. */
  private synchronized void handled() {
    handler = null;
    if (hurried) {
      boolean _ = Thread.interrupted();
    }
  }

  private synchronized boolean wasHurried() {
    return hurried;
  }

  /** Interrupts the handler if it still runs; returns whether it did. */
  synchronized boolean hurry() {
    Thread thread = handler;
    if (thread == null) {
      return false;
    }
    hurried = true;
    departure.give();
    thread.interrupt();
    return true;
  }

  /** The other end closed the connection, or stopped to read: nobody is left to tell. */
  private static boolean isClientGone(Exception failure) {
    return failure instanceof EofException
        || (failure instanceof IOException && failure.getCause() instanceof TimeoutException);
  }

  private Problem unexpected(Exception failure) {
    LOG.error(
        "{} {} failed; error id {}",
        request.getMethod(),
        Shown.cut(request.getHttpURI().getPath()),
        trace.requestId(),
        failure);
    return HttpProblems.INTERNAL
        .because("Something unexpected went wrong; the error id is " + trace.requestId() + ".")
        .problem();
  }

  private void answer() throws Exception {
    String authority = asked.get(HttpHeader.HOST);
    engine.gate.checkHost(authority);
    String name = request.getMethod();
    Endpoint.Method method = method(name);
    boolean reading = method == Endpoint.Method.GET || name.equals("OPTIONS");
    if (!reading && authority != null) {
      engine.gate.checkOrigin(asked, authority);
    }
    String origin = asked.get(HttpHeader.ORIGIN);
    if (origin != null) {
      share(origin);
    }
    String decoded = request.getHttpURI().getDecodedPath();
    String path = decoded == null ? "*" : decoded;
    Router.Match match = engine.router.match(method, path);
    if (match.route() != null) {
      call(match.route(), match.route().named(match.values()));
    } else {
      unrouted(name, path, match.allowed());
    }
  }

  private static Endpoint.@Nullable Method method(String name) {
    return switch (name) {
      case "GET", "HEAD" -> Endpoint.Method.GET;
      case "POST" -> Endpoint.Method.POST;
      case "PUT" -> Endpoint.Method.PUT;
      case "PATCH" -> Endpoint.Method.PATCH;
      case "DELETE" -> Endpoint.Method.DELETE;
      default -> null;
    };
  }

  /** Lets pages of a configured origin read the answer. */
  private void share(String origin) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(Fields.VARY_ORIGIN);
    if (engine.gate.sharesWith(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", "ETag, Location, X-Request-Id");
    }
  }

  private void unrouted(String method, String path, Set<Endpoint.Method> allowed)
      throws IOException {
    boolean isOptions = method.equals("OPTIONS");
    boolean reading = method.equals("GET") || method.equals("HEAD");
    if (allowed.isEmpty() && reading && page(path)) {
      return;
    }
    if (allowed.isEmpty() && !isOptions) {
      throw HttpProblems.NOT_FOUND.because("There is nothing at " + Shown.cut(path) + ".");
    }
    String allow = allow(allowed);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ALLOW, allow);
    if (!isOptions) {
      throw HttpProblems.METHOD_NOT_ALLOWED.because(
          Shown.cut(path) + " has " + allow + ", not " + Shown.cut(method) + ".");
    }
    if (headers.contains("Access-Control-Allow-Origin")) {
      headers.put("Access-Control-Allow-Methods", allow);
      headers.put(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, If-None-Match, Last-Event-ID, traceparent, X-Request-Id");
      headers.put("Access-Control-Max-Age", "600");
    }
    out.finish(204, null, Fields.API_POLICY);
  }

  /** Answers with a page or file, if there is one at the address. */
  private boolean page(String path) throws IOException {
    timers = engine.pages;
    StaticFiles files = engine.files;
    boolean found =
        Engine.isReserved(path)
            ? engine.apiPage.answer(out, path)
            : files != null && files.answer(out, path);
    if (!found) {
      timers = engine.unrouted;
    }
    return found;
  }

  private static String allow(Set<Endpoint.Method> allowed) {
    var names = new StringBuilder();
    for (Endpoint.Method method : allowed) {
      names.append(method).append(method == Endpoint.Method.GET ? ", HEAD, " : ", ");
    }
    return names.append("OPTIONS").toString();
  }

  private void call(Route route, Map<String, String> path) throws Exception {
    timers = route.timers;
    Endpoint endpoint = route.endpoint;
    Role role = engine.keyed ? role(endpoint.role()) : Role.ADMIN;
    checkAccept(endpoint);
    var inputs = new Inputs(route, request);
    Object query = inputs.query();
    Reply reply = handle(endpoint.handler(), path, inputs.body(), query, role);
    if (reply.isStream()) {
      timers = null; // how long somebody watched says nothing about the server
    }
    out.write(reply, endpoint.etag());
  }

  @SuppressWarnings("unchecked") // the builder ties the handler's types to the declared classes
  private <B, Q> Reply handle(
      EndpointHandler<B, Q> handler,
      Map<String, String> path,
      @Nullable Object body,
      @Nullable Object query,
      Role role)
      throws Exception {
    return handler.handle(
        new dev.millrace.http.Request<>(
            request, path, (B) body, (Q) query, trace, role, departure));
  }

  private Role role(Role needed) {
    String header = asked.get(HttpHeader.AUTHORIZATION);
    boolean bearer = header != null && header.regionMatches(true, 0, "Bearer ", 0, 7);
    String key = bearer ? header.substring(7).strip() : "";
    Role role = engine.keys.roleOf(key).orElse(Role.PUBLIC);
    if (role.covers(needed)) {
      return role;
    }
    if (role == Role.PUBLIC) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      throw HttpProblems.UNAUTHENTICATED.because(
          key.isEmpty() ? "The request has no key." : "The key is not valid.");
    }
    throw HttpProblems.FORBIDDEN.because(
        "This needs the role "
            + needed.name().toLowerCase(Locale.ROOT)
            + "; the key has "
            + role.name().toLowerCase(Locale.ROOT)
            + ".");
  }

  private void checkAccept(Endpoint endpoint) {
    String accept = asked.get(HttpHeader.ACCEPT);
    if (accept == null || accept.startsWith("*/*")) {
      return;
    }
    List<Endpoint.Answer> answers = endpoint.answers();
    for (Endpoint.Answer answer : answers) {
      if (answer.contentType() == null || Accepts.covers(accept, answer.contentType())) {
        return;
      }
    }
    throw HttpProblems.NOT_ACCEPTABLE.because(
        "The answer is "
            + answers.getFirst().contentType()
            + "; the request accepts '"
            + Shown.cut(accept)
            + "'.");
  }

  @Override
  public void succeeded() {
    departure.end();
    completed();
    done.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    departure.end();
    completed();
    done.failed(failure);
  }

  private void completed() {
    if (entered) {
      entered = false;
      engine.inFlight.leave(this);
    }
    if (timers != null) {
      timers.record(response.getStatus(), System.nanoTime() - start);
      timers = null;
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /** As the log shows a request that the stop did not wait for. */
  @Override
  public String toString() {
    return request.getMethod()
        + " "
        + Shown.cut(request.getHttpURI().getPath())
        + ", running for "
        + Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.MILLIS);
  }
}
