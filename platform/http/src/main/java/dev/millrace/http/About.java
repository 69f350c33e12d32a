package dev.millrace.http;

/**
 * What the API document says of the server as a whole.
 *
 * @param description Markdown
 */
public record About(String title, String version, String description) {
  static final About DEFAULT = new About("Millrace", "0", "The endpoints of this server.");
}
