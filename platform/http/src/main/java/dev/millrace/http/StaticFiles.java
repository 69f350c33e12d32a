package dev.millrace.http;

import java.io.IOException;

/** Files of the console. */
public final class StaticFiles {
  private StaticFiles() {}

  boolean answer(Exchange exchange, String path) throws IOException {
    return false;
  }
}
