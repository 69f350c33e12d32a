package dev.millrace.testkit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range that a request asks for; {@code end} is exclusive, and may lie behind the content. */
record ByteRange(long start, long end) {
  private static final Pattern HEADER = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** The range to answer with, or null for the whole. */
  static @Nullable ByteRange asked(ServedRequest request, Reply reply) {
    var matcher = HEADER.matcher(request.header("Range").orElse(""));
    if (!matcher.matches()) {
      return null;
    }
    var condition = request.header("If-Range");
    if (condition.isPresent() && reply.heedsIfRange && !names(condition.get(), reply)) {
      return null;
    }
    long end = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2)) + 1;
    return new ByteRange(Long.parseLong(matcher.group(1)), end);
  }

  private static boolean names(String condition, Reply reply) {
    return condition.equals(reply.etag)
        || (reply.lastModified != null
            && condition.equals(WebConnection.httpDate(reply.lastModified)));
  }
}
