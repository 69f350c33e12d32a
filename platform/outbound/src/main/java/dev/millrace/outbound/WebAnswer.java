package dev.millrace.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole answer, of whatever status. Immutable.
 *
 * @param url where it came from after redirects, for people
 * @param headers by name in lower case, values in the order they came
 * @param body as text, in the charset that the answer names, else UTF-8
 * @param attempts how often it was asked
 */
public record WebAnswer(
    String url, int status, Map<String, List<String>> headers, String body, int attempts) {
  public WebAnswer {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header, by its name in any case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
