package dev.millrace.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of one request: header, encoding, validator, content. The last write completes
 * the exchange, without waiting where the content is at hand.
 */
final class ReplyWriter {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int DOWNLOAD_BUFFER = 32 << 10;

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

  private final Engine engine;
  private final Response response;
  private final HttpFields asked;
  private final boolean isHead;
  private final Trace trace;
  private final Departure departure;
  private final Callback completion;

  ReplyWriter(
      Engine engine,
      Request request,
      Response response,
      Trace trace,
      Departure departure,
      Callback completion) {
    this.engine = engine;
    this.response = response;
    this.asked = request.getHeaders();
    this.isHead = request.getMethod().equals("HEAD");
    this.trace = trace;
    this.departure = departure;
    this.completion = completion;
  }

  HttpFields asked() {
    return asked;
  }

  HttpFields.Mutable headers() {
    return response.getHeaders();
  }

  /** Writes what a handler answered. */
  void write(Reply reply, boolean etag) throws IOException, InterruptedException {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(reply.status());
    reply.headers().forEach(headers::add);
    boolean validated = etag && reply.status() == 200;
    switch (reply.content()) {
      case Reply.Content.None() -> {
        caching(Fields.NOT_STORED);
        finish(reply.status(), null, Fields.API_POLICY);
      }
      case Reply.Content.Value(Object value) -> {
        headers.add(Fields.JSON);
        content(engine.writer.writeValueAsBytes(value), true, validated);
      }
      case Reply.Content.Bytes(byte[] bytes, String type) -> {
        headers.add(Fields.contentType(type));
        content(bytes, Compressor.helps(type), validated);
      }
      case Reply.Content.File file -> file(file);
      case Reply.Content.Written written -> download(written);
      case Reply.Content.Events(EventSource source) -> stream(source);
    }
  }

  /** Writes a problem instead of whatever was about to be written. */
  void write(Problem problem) {
    if (response.isCommitted()) {
      // Cuts the connection, so that the client does not take half for the whole.
      completion.failed(new IOException("the answer broke off: " + problem.detail()));
      return;
    }
    response.setStatus(problem.status());
    HttpFields.Mutable headers = response.getHeaders();
    ABOUT_CONTENT.forEach(headers::remove);
    headers.put(Fields.PROBLEM);
    content(engine.writer.writeValueAsBytes(problem), false, false);
  }

  /** Sends the header with the security fields, and the content if there is any. */
  void finish(int status, byte @Nullable [] content, HttpField policy) {
    response.setStatus(status);
    secure(policy);
    response.write(true, content == null ? NOTHING : ByteBuffer.wrap(content), completion);
  }

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
      caching(Fields.CHECKED_AGAIN);
      if (Etags.matches(asked.get(HttpHeader.IF_NONE_MATCH), tag)) {
        headers.remove(HttpHeader.CONTENT_TYPE);
        finish(304, null, Fields.API_POLICY);
        return;
      }
    } else {
      caching(Fields.NOT_STORED);
    }
    if (encoding != Encoding.IDENTITY) {
      headers.add(encoding == Encoding.BROTLI ? Fields.BROTLI : Fields.GZIP);
    }
    finish(response.getStatus(), Compressor.compress(bytes, encoding), Fields.API_POLICY);
  }

  /** What the handler says of caching goes before what is usual. */
  private void caching(HttpField usual) {
    if (!response.getHeaders().contains(HttpHeader.CACHE_CONTROL)) {
      response.getHeaders().add(usual);
    }
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
    caching(Fields.CHECKED_AGAIN);
    if (file.etag().equals(asked.get(HttpHeader.IF_NONE_MATCH))) {
      response.getHeaders().put(HttpHeader.ETAG, file.etag());
      finish(304, null, Fields.API_POLICY);
      return;
    }
    secure(Fields.API_POLICY);
    try {
      file.send(response, asked, isHead);
    } catch (ProblemException outside) {
      response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + file.size());
      throw outside;
    }
    response.write(true, NOTHING, completion);
  }

  private void download(Reply.Content.Written content) throws IOException {
    response.getHeaders().add(Fields.contentType(content.contentType()));
    caching(Fields.NOT_STORED);
    secure(Fields.API_POLICY);
    if (!isHead) {
      OutputStream out =
          new BufferedOutputStream(Content.Sink.asOutputStream(response), DOWNLOAD_BUFFER);
      content.writer().writeTo(out);
      out.flush();
    }
    response.write(true, NOTHING, completion);
  }

  private void stream(EventSource source) throws IOException, InterruptedException {
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(Fields.EVENTS);
    caching(Fields.NOT_STORED);
    headers.add(Fields.NO_BUFFERING);
    secure(Fields.API_POLICY);
    if (isHead) {
      response.write(true, NOTHING, completion);
      return;
    }
    var events = new EventWriter(engine, source);
    events.open();
    departure.then(events::close);
    try {
      events.run(response);
    } catch (IOException gone) {
      completion.failed(gone);
      return;
    }
    completion.succeeded();
  }
}
