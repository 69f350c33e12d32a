package dev.millrace.apps.draft.recipe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads links to files. */
final class Links {
  private final LinkRule rule;

  Links(LinkRule rule) {
    this.rule = rule;
  }

  /** The link in a field; null, and perhaps a fault, if there is none. */
  @Nullable String read(Fields owner, String name) {
    String link = owner.text(name, Limits.URL);
    if (link == null || link.isBlank()) {
      return null;
    }
    String fault = fault(link.strip());
    if (fault != null) {
      owner.fault(name, "bad-link", fault);
      return null;
    }
    return link.strip();
  }

  private @Nullable String fault(String link) {
    String shown = link.length() <= 100 ? link : link.substring(0, 99) + "…";
    URI uri;
    try {
      uri = new URI(link);
    } catch (URISyntaxException e) {
      return "\""
          + shown
          + "\" is no link ("
          + e.getReason()
          + (e.getIndex() >= 0 ? " at " + e.getIndex() : "")
          + "); percent-encode what stands there";
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "\""
          + shown
          + "\" is not on the web; give a link that begins with https:// or http://";
    }
    if (uri.getHost() == null && uri.getAuthority() == null) {
      return "\"" + shown + "\" names no host; give a whole link such as https://host/file.jpg";
    }
    return rule.refusal(uri).map(why -> "\"" + shown + "\" " + why).orElse(null);
  }
}
