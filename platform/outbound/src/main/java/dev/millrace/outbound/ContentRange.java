package dev.millrace.outbound;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Content-Range of a partial answer (RFC 9110, 14.4).
 *
 * @param total size of the whole, or -1 if the server does not know
 */
record ContentRange(long start, long total) {
  private static final Pattern HEADER =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  static Optional<ContentRange> parse(String header) {
    var matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String total = matcher.group(3);
    return Optional.of(
        new ContentRange(
            Long.parseLong(matcher.group(1)), total.equals("*") ? -1 : Long.parseLong(total)));
  }
}
