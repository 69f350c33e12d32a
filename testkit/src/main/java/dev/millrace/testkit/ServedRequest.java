package dev.millrace.testkit;

import java.util.Map;
import java.util.Optional;

/**
 * A request as the {@link WebServer} read it. Immutable.
 *
 * @param path without the query
 * @param query what follows the question mark, or empty
 * @param headers names in lower case
 * @param body what was sent with it, read as UTF-8
 */
public record ServedRequest(
    String method, String path, String query, Map<String, String> headers, String body) {

  /** The value of a header, by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
  }
}
