package dev.millrace.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Answers what fails before or outside of our handler, such as malformed headers, as problems. */
final class ErrorAnswers extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private final JsonMapper mapper;

  ErrorAnswers(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ERROR_STATUS) instanceof Integer code ? code : response.getStatus();
    Object cause = request.getAttribute(ERROR_EXCEPTION);
    if (status >= 500 && cause instanceof Throwable failure && !(cause instanceof HttpException)) {
      LOG.error("a request failed outside of its handler", failure);
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(Fields.PROBLEM);
    headers.put(Fields.NOT_STORED);
    headers.put(Fields.NO_SNIFF);
    response.write(true, ByteBuffer.wrap(body(status)), callback);
    return true;
  }

  private byte[] body(int status) {
    ProblemType type = type(status);
    Problem general = type.because(type.title() + ".").problem();
    return mapper.writeValueAsBytes(
        new Problem(
            general.type(),
            general.title(),
            status,
            general.detail(),
            general.code(),
            general.errors(),
            general.remedy()));
  }

  private static ProblemType type(int status) {
    return switch (status) {
      case 501, 505 -> HttpProblems.REQUEST_MALFORMED; // a method or version that HTTP/1.1 has not
      case 404 -> HttpProblems.NOT_FOUND;
      case 408 -> HttpProblems.REQUEST_TIMEOUT;
      case 413 -> HttpProblems.BODY_TOO_LARGE;
      case 414 -> HttpProblems.URI_TOO_LONG;
      case 421 -> HttpProblems.HOST_REFUSED;
      case 431 -> HttpProblems.HEADERS_TOO_LARGE;
      case 503 -> HttpProblems.STOPPING;
      default -> status < 500 ? HttpProblems.REQUEST_MALFORMED : HttpProblems.INTERNAL;
    };
  }
}
