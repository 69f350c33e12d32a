package dev.millrace.http;

import dev.millrace.http.schema.Schema;
import dev.millrace.http.schema.SchemaException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * One request and its answer: checks, finds the route, reads, calls the handler, writes. Runs on
 * the request's virtual thread; completes itself when the last byte has gone out.
 */
final class Exchange implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What a handler's reply may have set already when writing it fails. */
  private static final List<String> ABOUT_CONTENT =
      List.of(
          "Content-Length",
          "Content-Disposition",
          "Accept-Ranges",
          "ETag",
          "Cache-Control",
          "X-Content-Type-Options",
          "Content-Security-Policy",
          "Cross-Origin-Resource-Policy",
          "X-Request-Id");

  private static final int DOWNLOAD_BUFFER = 32 << 10;

  private final Engine engine;
  private final Request request;
  private final Response response;
  private final Callback done;
  private final HttpFields asked;
  private final long start = System.nanoTime();
  private final Trace trace;
  private @Nullable Timers timers;
  private boolean entered;

  Exchange(Engine engine, Request request, Response response, Callback done) {
    this.engine = engine;
    this.request = request;
    this.response = response;
    this.done = done;
    this.asked = request.getHeaders();
    this.trace = new Trace(asked.get("traceparent"), asked.get("X-Request-Id"));
    this.timers = engine.unrouted;
  }

  void run() {
    try {
      entered = engine.inFlight.enter();
      if (!entered) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
        throw HttpProblems.STOPPING.because("The server is stopping.");
      }
      answer();
    } catch (ProblemException problem) {
      write(problem.problem());
    } catch (EofException | ClientGoneException gone) {
      failed(gone);
    } catch (Exception failure) {
      write(unexpected(failure));
    }
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
    String path = request.getHttpURI().getDecodedPath();
    Router.Match match = engine.router.match(method, path == null ? "*" : path);
    if (match.route() != null) {
      call(match.route(), match.route().named(match.values()));
    } else {
      unrouted(name, path == null ? "*" : path, match.allowed());
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
    response.getHeaders().add(Fields.VARY_ORIGIN);
    if (engine.gate.sharesWith(origin)) {
      HttpFields.Mutable headers = response.getHeaders();
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", "ETag, Location, X-Request-Id");
    }
  }

  private void unrouted(String method, String path, Set<Endpoint.Method> allowed) throws Exception {
    boolean reading = method.equals("GET") || method.equals("HEAD");
    if (allowed.isEmpty() && reading && page(path)) {
      return;
    }
    if (allowed.isEmpty() && !method.equals("OPTIONS")) {
      throw HttpProblems.NOT_FOUND.because("There is nothing at " + Shown.cut(path) + ".");
    }
    String allow = allow(allowed);
    response.getHeaders().put(HttpHeader.ALLOW, allow);
    if (!method.equals("OPTIONS")) {
      throw HttpProblems.METHOD_NOT_ALLOWED.because(
          Shown.cut(path) + " has " + allow + ", not " + Shown.cut(method) + ".");
    }
    if (response.getHeaders().contains("Access-Control-Allow-Origin")) {
      HttpFields.Mutable headers = response.getHeaders();
      headers.put("Access-Control-Allow-Methods", allow);
      headers.put(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, If-None-Match, Last-Event-ID, traceparent, X-Request-Id");
      headers.put("Access-Control-Max-Age", "600");
    }
    end(204);
  }

  /** Answers with a page or file, if there is one at the address. */
  private boolean page(String path) throws IOException {
    timers = engine.pages;
    StaticFiles files = engine.files;
    boolean found =
        Engine.isReserved(path)
            ? engine.apiPage.answer(this, path)
            : files != null && files.answer(this, path);
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

  private void call(Route route, java.util.Map<String, String> path) throws Exception {
    timers = route.timers;
    Endpoint endpoint = route.endpoint;
    Role role = engine.keyed ? role(endpoint.role()) : Role.ADMIN;
    checkAccept(endpoint);
    Object query = query(route);
    Object body = endpoint.body() == null ? null : body(route, endpoint.body());
    write(handle(endpoint.handler(), path, body, query, role), endpoint.etag());
  }

  @SuppressWarnings("unchecked") // the builder ties the handler's types to the declared classes
  private <B, Q> Reply handle(
      EndpointHandler<B, Q> handler,
      java.util.Map<String, String> path,
      @Nullable Object body,
      @Nullable Object query,
      Role role)
      throws Exception {
    return handler.handle(
        new dev.millrace.http.Request<>(request, path, (B) body, (Q) query, trace, role));
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

  private @Nullable Object query(Route route) {
    String query = request.getHttpURI().getQuery();
    if (route.endpoint.query() == null && (query == null || query.isEmpty())) {
      return null;
    }
    try {
      return route.querySchema().readQuery(query);
    } catch (SchemaException faults) {
      throw HttpProblems.QUERY_INVALID.because(summary(faults), faults.faults());
    }
  }

  private static String summary(SchemaException faults) {
    return faults.count() == 1
        ? "One place is wrong."
        : faults.count()
            + " places are wrong"
            + (faults.count() > faults.faults().size()
                ? "; the first " + faults.faults().size() + " are listed."
                : ".");
  }

  private Object body(Route route, Endpoint.Body declared) {
    var reader = new BodyReader(request, route.maxBody);
    String type = asked.get(HttpHeader.CONTENT_TYPE);
    if (type != null && !Accepts.isOf(type, declared.contentType())) {
      throw unsupported(declared, "the content type '" + Shown.cut(type) + "'");
    }
    String encoding = asked.get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equals("identity")) {
      throw unsupported(declared, "the content encoding '" + Shown.cut(encoding) + "'");
    }
    reader.read();
    if (reader.length == 0) {
      if (declared.whenAbsent() != null) {
        return declared.whenAbsent();
      }
      throw HttpProblems.BODY_MISSING.because("The body is empty.");
    }
    if (type == null) {
      throw unsupported(declared, "no content type");
    }
    if (declared.type() == byte[].class) {
      return java.util.Arrays.copyOf(reader.bytes, reader.length);
    }
    return decoded(route.bodySchema(declared.type()), reader);
  }

  private static ProblemException unsupported(Endpoint.Body declared, String found) {
    return HttpProblems.MEDIA_TYPE_UNSUPPORTED.because(
        "The body must be "
            + declared.contentType()
            + ", not compressed; this one has "
            + found
            + ".");
  }

  private static Object decoded(Schema<?> schema, BodyReader body) {
    try {
      return schema.read(body.bytes, 0, body.length);
    } catch (SchemaException faults) {
      throw HttpProblems.BODY_INVALID.because(summary(faults), faults.faults());
    } catch (StreamConstraintsException limit) {
      throw HttpProblems.JSON_TOO_DEEP.because(limit.getOriginalMessage() + ".");
    } catch (JacksonException malformed) {
      var at = malformed.getLocation();
      String place =
          at == null ? "" : "Line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      throw HttpProblems.JSON_MALFORMED.because(place + malformed.getOriginalMessage() + ".");
    }
  }

  // Answers

  private void write(Reply reply, boolean etag) throws Exception {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(reply.status());
    reply.headers().forEach(headers::add);
    switch (reply.content()) {
      case Reply.Content.None() -> {
        headers.add(Fields.NOT_STORED);
        end(reply.status());
      }
      case Reply.Content.Value(Object value) -> {
        headers.add(Fields.JSON);
        content(engine.writer.writeValueAsBytes(value), true, etag && reply.status() == 200);
      }
      case Reply.Content.Bytes(byte[] bytes, String type) -> {
        headers.add(Fields.contentType(type));
        content(bytes, Compressor.helps(type), etag && reply.status() == 200);
      }
      case Reply.Content.File file -> file(file);
      case Reply.Content.Written written -> download(written);
      case Reply.Content.Events(EventSource source) -> stream(source);
    }
  }

  private void write(Problem problem) {
    if (response.isCommitted()) {
      failed(new IOException("the answer broke off: " + problem.detail()));
      return;
    }
    response.setStatus(problem.status());
    HttpFields.Mutable headers = response.getHeaders();
    ABOUT_CONTENT.forEach(headers::remove);
    headers.put(Fields.PROBLEM);
    content(engine.writer.writeValueAsBytes(problem), false, false);
  }

  /** Answers with content that is complete. */
  private void content(byte[] bytes, boolean compressible, boolean etag) {
    HttpFields.Mutable headers = response.getHeaders();
    Encoding encoding = Encoding.IDENTITY;
    if (compressible && bytes.length >= Compressor.FLOOR) {
      encoding = Compressor.choose(asked.get(HttpHeader.ACCEPT_ENCODING), bytes.length);
      headers.add(Fields.VARY_ENCODING);
    }
    if (etag) {
      String tag = Etags.of(bytes);
      headers.put(HttpHeader.ETAG, Etags.quoted(tag, encoding));
      headers.add(Fields.CHECKED_AGAIN);
      if (Etags.matches(asked.get(HttpHeader.IF_NONE_MATCH), tag)) {
        headers.remove(HttpHeader.CONTENT_TYPE);
        end(304);
        return;
      }
    } else {
      headers.add(Fields.NOT_STORED);
    }
    if (encoding != Encoding.IDENTITY) {
      headers.add(encoding == Encoding.BROTLI ? Fields.BROTLI : Fields.GZIP);
    }
    finish(response.getStatus(), Compressor.compress(bytes, encoding), Fields.API_POLICY);
  }

  private void end(int status) {
    finish(status, null, Fields.API_POLICY);
  }

  /** Sends the header with the security fields, and the content if there is any. */
  void finish(int status, byte @Nullable [] content, HttpField policy) {
    response.setStatus(status);
    secure(policy);
    response.write(true, content == null ? NOTHING : ByteBuffer.wrap(content), this);
  }

  private void secure(HttpField policy) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(Fields.NO_SNIFF);
    headers.add(policy);
    headers.add(Fields.SAME_ORIGIN);
    headers.add("X-Request-Id", trace.requestId());
  }

  private void file(Reply.Content.File content) throws IOException {
    FileAnswer file;
    try {
      file = new FileAnswer(content.path());
    } catch (NoSuchFileException missing) {
      throw HttpProblems.NOT_FOUND.because("The file is not there any more.");
    }
    response.getHeaders().add(Fields.contentType(content.contentType()));
    response.getHeaders().add(Fields.CHECKED_AGAIN);
    if (file.etag().equals(asked.get(HttpHeader.IF_NONE_MATCH))) {
      response.getHeaders().put(HttpHeader.ETAG, file.etag());
      end(304);
      return;
    }
    secure(Fields.API_POLICY);
    try {
      file.send(response, asked, isHead());
    } catch (ProblemException outside) {
      response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + file.size());
      throw outside;
    }
    response.write(true, NOTHING, this);
  }

  private void download(Reply.Content.Written content) throws IOException {
    response.getHeaders().add(Fields.contentType(content.contentType()));
    response.getHeaders().add(Fields.NOT_STORED);
    secure(Fields.API_POLICY);
    if (isHead()) {
      response.write(true, NOTHING, this);
      return;
    }
    OutputStream out =
        new BufferedOutputStream(Content.Sink.asOutputStream(response), DOWNLOAD_BUFFER);
    content.writer().writeTo(out);
    out.flush();
    response.write(true, NOTHING, this);
  }

  private void stream(EventSource source) throws IOException, InterruptedException {
    var events = new EventWriter(engine, source);
    events.open();
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(Fields.EVENTS);
    headers.add(Fields.NOT_STORED);
    headers.add(Fields.NO_BUFFERING);
    secure(Fields.API_POLICY);
    timers = null; // how long a page was watched says nothing about the server
    try {
      events.run(response);
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
    succeeded();
  }

  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  HttpFields asked() {
    return asked;
  }

  Response response() {
    return response;
  }

  @Override
  public void succeeded() {
    completed();
    done.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    completed();
    done.failed(failure);
  }

  private void completed() {
    if (entered) {
      entered = false;
      engine.inFlight.leave();
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

  /** The other end closed the connection; nobody is left to tell. */
  private static final class ClientGoneException extends RuntimeException {
    ClientGoneException(IOException cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }
}
