package dev.millrace.http;

import java.io.IOException;

/** The page at {@code /api} to read about the endpoints and try them, with what it loads. */
final class ApiPage {
  private static final String PREFIX = "/api/page/";

  private final StaticFiles files =
      new StaticFiles(
          FileSource.resources(ApiPage.class.getClassLoader(), "dev/millrace/http/page/"),
          Fields.API_PAGE_POLICY);

  /** Answers if the path belongs to the page. */
  boolean answer(ReplyWriter out, String path) throws IOException {
    if (path.equals("/api") || path.equals("/api/")) {
      return files.send(out, "index.html");
    }
    // One flat folder: no name with a slash is looked up.
    return path.startsWith(PREFIX)
        && path.indexOf('/', PREFIX.length()) < 0
        && files.send(out, path.substring(PREFIX.length()));
  }
}
