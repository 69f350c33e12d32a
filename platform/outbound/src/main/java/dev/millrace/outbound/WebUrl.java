package dev.millrace.outbound;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that may be asked for: http or https, a host, no user name. Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case and ASCII; an IPv6 address without brackets
 * @param port as it is connected to
 * @param path with the query, as it goes on the wire
 */
record WebUrl(String scheme, String host, int port, String path) {
  private static final int MAX_LENGTH = 8_192;
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([\\p{L}\\p{N}._-]+))(?::(\\d{1,5}))?");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
  private static final Pattern PARTS =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(?:#.*)?");

  /**
   * Reads a URL as people write it: names and paths in any script and spaces are encoded.
   *
   * @throws OutboundException with {@link FailureReason#URL_INVALID}, naming what is wrong
   */
  static WebUrl parse(String text) throws OutboundException {
    if (text.length() > MAX_LENGTH) {
      throw invalid(text.substring(0, 80) + "…", "it is longer than " + MAX_LENGTH + " characters");
    }
    Matcher parts = PARTS.matcher(text.strip());
    if (!parts.matches()) {
      throw invalid(beforeQuery(text), "it does not begin with http:// or https://");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String authority = parts.group(2);
    if (authority.contains("@")) {
      throw invalid(
          scheme + "://…@" + authority.substring(authority.lastIndexOf('@') + 1),
          "it carries a user name, which would end up in logs");
    }
    Matcher place = AUTHORITY.matcher(authority);
    if (!place.matches()) {
      throw invalid(scheme + "://" + authority, "'" + authority + "' is no host");
    }
    String host = place.group(1) != null ? place.group(1) : ascii(scheme, place.group(2));
    int port = port(scheme, authority, place.group(3));
    String path = parts.group(3).isEmpty() ? "/" : parts.group(3);
    String query = parts.group(4) == null ? "" : parts.group(4);
    return new WebUrl(scheme, host.toLowerCase(Locale.ROOT), port, encode(path + query));
  }

  /** Where {@code location} leads to, seen from here (RFC 3986, 5.2). */
  WebUrl resolve(String location) throws OutboundException {
    String to = location.strip();
    if (SCHEME.matcher(to).lookingAt()) {
      return parse(to);
    }
    if (to.startsWith("//")) {
      return parse(scheme + ":" + to);
    }
    int mark = path.indexOf('?');
    String plain = mark < 0 ? path : path.substring(0, mark);
    if (to.startsWith("?") || to.isEmpty() || to.startsWith("#")) {
      return parse(origin() + plain + to);
    }
    String folder = plain.substring(0, plain.lastIndexOf('/') + 1);
    return parse(origin() + withoutDots(to.startsWith("/") ? to : folder + to));
  }

  private static String withoutDots(String path) {
    int mark = path.indexOf('?');
    String plain = mark < 0 ? path : path.substring(0, mark);
    var kept = new ArrayDeque<String>();
    for (String segment : plain.substring(1).split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    return "/" + String.join("/", kept) + (mark < 0 ? "" : path.substring(mark));
  }

  /** Scheme, host and port: who is trusted with the headers of a request. */
  String origin() {
    boolean usual = port == defaultPort(scheme);
    return scheme + "://" + authorityHost() + (usual ? "" : ":" + port);
  }

  /** For people and logs: without the query, which may hold secrets. */
  String shown() {
    int mark = path.indexOf('?');
    return origin() + (mark < 0 ? path : path.substring(0, mark) + "?…");
  }

  String authorityHost() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  @Override
  public String toString() {
    return origin() + path;
  }

  private static int port(String scheme, String authority, String digits) throws OutboundException {
    int port = digits == null ? defaultPort(scheme) : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw invalid(scheme + "://" + authority, "port " + port + " is not between 1 and 65535");
    }
    return port;
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static String ascii(String scheme, String name) throws OutboundException {
    try {
      // IDN refuses underscores only under its strict rules, which real hosts do not follow.
      return IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      throw invalid(scheme + "://" + name, "'" + name + "' is no host");
    }
  }

  /** Percent-encodes what a URI may not hold, and leaves alone what is encoded already. */
  private static String encode(String text) {
    var out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c > ' ' && c < 0x7F && "\"<>\\^`{|}".indexOf(c) < 0) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static String beforeQuery(String text) {
    int mark = text.indexOf('?');
    String kept = mark < 0 ? text : text.substring(0, mark) + "?…";
    int at = kept.lastIndexOf('@');
    return at < 0 ? kept : "…" + kept.substring(at);
  }

  private static OutboundException invalid(String shown, String why) {
    return new OutboundException(FailureReason.URL_INVALID, "'" + shown + "': " + why);
  }
}
