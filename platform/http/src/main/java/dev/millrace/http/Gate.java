package dev.millrace.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from driving this server. A page that makes its own name point here
 * (DNS rebinding) is known by the Host header; one that sends requests across sites by Origin or
 * Sec-Fetch-Site. Immutable, thread-safe.
 */
final class Gate {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;
  private final Set<String> origins;

  Gate(HttpConfig config) {
    Set<String> names = new HashSet<>(LOOPBACK);
    config.allowedHosts().forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
    if (!isWildcard(config.host())) {
      String host = config.host().toLowerCase(Locale.ROOT);
      names.add(host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host);
    }
    this.hosts = Set.copyOf(names);
    this.origins = config.allowedOrigins();
  }

  private static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
  }

  /**
   * Refuses a request that is for another host.
   *
   * @throws ProblemException {@code host-refused}
   */
  void checkHost(@Nullable String authority) {
    if (authority == null || !isAllowed(authority)) {
      throw HttpProblems.HOST_REFUSED.because(
          authority == null
              ? "The request has no Host header."
              : "The request is for the host '" + Shown.cut(authority) + "'.");
    }
  }

  /** The port is free for loopback names: no other site can have one of those. */
  private boolean isAllowed(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String name = hasPort ? authority.substring(0, colon) : authority;
    if (hosts.contains(name)) {
      return true;
    }
    return hosts.contains(name.toLowerCase(Locale.ROOT))
        || hosts.contains(authority.toLowerCase(Locale.ROOT));
  }

  /**
   * Refuses a state-changing request that a page of another site sends.
   *
   * @throws ProblemException {@code origin-refused}
   */
  void checkOrigin(HttpFields headers, String authority) {
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null) {
      if (!isSame(origin, authority) && !origins.contains(origin)) {
        throw HttpProblems.ORIGIN_REFUSED.because(
            "The request comes from a page of '" + Shown.cut(origin) + "'.");
      }
      return;
    }
    String site = headers.get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw HttpProblems.ORIGIN_REFUSED.because(
          "The request comes from a page of another site (Sec-Fetch-Site: "
              + Shown.cut(site)
              + ").");
    }
  }

  /** Whether pages of this origin may read the answers. */
  boolean sharesWith(@Nullable String origin) {
    return origin != null && origins.contains(origin);
  }

  /** Both schemes count: a proxy in front may speak TLS and keep the Host header. */
  private static boolean isSame(String origin, String authority) {
    int start = origin.startsWith("http://") ? 7 : origin.startsWith("https://") ? 8 : -1;
    return start > 0
        && origin.length() - start == authority.length()
        && origin.regionMatches(true, start, authority, 0, authority.length());
  }
}
