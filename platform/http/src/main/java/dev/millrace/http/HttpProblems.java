package dev.millrace.http;

import java.util.List;

/** The problems that the server itself answers with, whatever the endpoint. */
public final class HttpProblems {
  public static final ProblemType REQUEST_MALFORMED =
      new ProblemType(
          "request-malformed", 400, "The request is not valid HTTP", "Send a well-formed request.");
  public static final ProblemType JSON_MALFORMED =
      new ProblemType(
          "json-malformed",
          400,
          "The body is not valid JSON",
          "Mend the JSON at the line and column given; it must be UTF-8.");
  public static final ProblemType YAML_MALFORMED =
      new ProblemType(
          "yaml-malformed",
          400,
          "The body is not valid YAML",
          "Mend the YAML at the line and column given; it must be UTF-8, without aliases.");
  public static final ProblemType JSON_TOO_DEEP =
      new ProblemType(
          "json-too-deep",
          400,
          "The body exceeds a limit of the JSON reader",
          "Nest objects and lists at most "
              + Json.MAX_DEPTH
              + " deep and keep names and numbers short.");
  public static final ProblemType BODY_MISSING =
      new ProblemType(
          "body-missing",
          400,
          "The request has no body",
          "Send the body that this endpoint describes.");
  public static final ProblemType BODY_INVALID =
      new ProblemType(
          "body-invalid",
          422,
          "The body does not fit the endpoint",
          "Mend every place listed in 'errors' and send the request again.");
  public static final ProblemType QUERY_INVALID =
      new ProblemType(
          "query-invalid",
          400,
          "The query parameters do not fit the endpoint",
          "Mend every parameter listed in 'errors'; names start with '?' there.");
  public static final ProblemType CURSOR_INVALID =
      new ProblemType(
          "cursor-invalid",
          400,
          "The cursor does not belong to this list",
          "Use 'next' of the page before with the same filters, or start without a cursor.");
  public static final ProblemType UNAUTHENTICATED =
      new ProblemType(
          "unauthenticated",
          401,
          "A key is needed",
          "Send 'Authorization: Bearer KEY' with a valid key.");
  public static final ProblemType FORBIDDEN =
      new ProblemType(
          "forbidden", 403, "The key may not do this", "Use a key with the role that is named.");
  public static final ProblemType ORIGIN_REFUSED =
      new ProblemType(
          "origin-refused",
          403,
          "A page of another site may not send this request",
          "Send it from a page of this server, or add the page's origin to the allowed origins.");
  public static final ProblemType NOT_FOUND =
      new ProblemType(
          "not-found", 404, "There is nothing at this address", "Look up the endpoints at /api.");
  public static final ProblemType METHOD_NOT_ALLOWED =
      new ProblemType(
          "method-not-allowed",
          405,
          "The address does not have this method",
          "Use one of the methods in the Allow header.");
  public static final ProblemType NOT_ACCEPTABLE =
      new ProblemType(
          "not-acceptable",
          406,
          "The answer is not available in an accepted type",
          "Accept the content type that is named, or leave out the Accept header.");
  public static final ProblemType REQUEST_TIMEOUT =
      new ProblemType(
          "request-timeout",
          408,
          "The request came too slowly",
          "Send the whole request without long pauses.");
  public static final ProblemType BODY_TOO_LARGE =
      new ProblemType(
          "body-too-large",
          413,
          "The body is too large",
          "Send less at once, in several requests.");
  public static final ProblemType URI_TOO_LONG =
      new ProblemType(
          "uri-too-long", 414, "The address is too long", "Shorten the address and its query.");
  public static final ProblemType MEDIA_TYPE_UNSUPPORTED =
      new ProblemType(
          "media-type-unsupported",
          415,
          "The body has a type that is not read here",
          "Send the body with the content type that is named, and not compressed.");
  public static final ProblemType RANGE_NOT_SATISFIABLE =
      new ProblemType(
          "range-not-satisfiable",
          416,
          "The range lies outside of the file",
          "Ask for a range within the length in the Content-Range header.");
  public static final ProblemType HOST_REFUSED =
      new ProblemType(
          "host-refused",
          421,
          "This server does not answer for that host",
          "Use the address that the server printed, or add the host to the allowed hosts.");
  public static final ProblemType HEADERS_TOO_LARGE =
      new ProblemType(
          "headers-too-large", 431, "The header is too large", "Send fewer or shorter headers.");
  public static final ProblemType INTERNAL =
      new ProblemType(
          "internal-error",
          500,
          "The server failed",
          "Try again; if it stays, look up the error id in the server's log.");
  public static final ProblemType STOPPING =
      new ProblemType(
          "stopping", 503, "The server is stopping", "Try again after the seconds in Retry-After.");

  public static final ProblemType STREAMS_FULL =
      new ProblemType(
          "streams-full",
          503,
          "Too many event streams are open",
          "Close streams that are not needed, or try again later.");

  private HttpProblems() {}

  /** All of them, by status. */
  public static List<ProblemType> all() {
    return List.of(
        REQUEST_MALFORMED,
        JSON_MALFORMED,
        YAML_MALFORMED,
        JSON_TOO_DEEP,
        BODY_MISSING,
        QUERY_INVALID,
        CURSOR_INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        ORIGIN_REFUSED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        REQUEST_TIMEOUT,
        BODY_TOO_LARGE,
        URI_TOO_LONG,
        MEDIA_TYPE_UNSUPPORTED,
        RANGE_NOT_SATISFIABLE,
        HOST_REFUSED,
        BODY_INVALID,
        HEADERS_TOO_LARGE,
        INTERNAL,
        STOPPING,
        STREAMS_FULL);
  }
}
