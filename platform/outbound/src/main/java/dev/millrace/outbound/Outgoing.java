package dev.millrace.outbound;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request before it is sent. Immutable.
 *
 * @param headers as given; those that say who asks are dropped when a redirect leads elsewhere
 * @param body sent as it is, or null for none
 */
record Outgoing(String method, WebUrl url, Map<String, String> headers, @Nullable Payload body) {
  private static final Set<String> PERSONAL =
      Set.of("authorization", "cookie", "proxy-authorization");

  Outgoing {
    headers = Map.copyOf(headers);
  }

  /** What to send to {@code next} after an answer of {@code status} (RFC 9110, 15.4). */
  Outgoing redirected(int status, WebUrl next) {
    boolean keeps = status == 307 || status == 308 || method.equals("GET") || method.equals("HEAD");
    var kept = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> {
      boolean personal = PERSONAL.contains(name.toLowerCase(Locale.ROOT));
      if (!personal || next.origin().equals(url.origin())) {
        kept.put(name, value);
      }
    });
    return keeps ? new Outgoing(method, next, kept, body) : new Outgoing("GET", next, kept, null);
  }
}
