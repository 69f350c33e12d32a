package dev.millrace.server.config;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import dev.millrace.http.schema.Doc;
import java.util.List;

/** {@code GET /api/v1/config}: what is in effect, and where it was set. */
public final class ConfigEndpoint {
  private ConfigEndpoint() {}

  /** A setting. */
  public record SettingItem(
      @Doc("The key, as the file and --set take it.") String key,
      @Doc("The effective value, as it would be written; '(hidden)' for a secret.") String value,
      @Doc("Where it was set: default, millrace.yaml, --set, or environment and the variable.")
          String source,
      @Doc("The value that it has when nobody sets it.") String defaultValue,
      @Doc("The environment variable that sets it.") String variable,
      @Doc("Whether the value is kept from view.") boolean secret,
      @Doc("What it does.") String doc) {
    static SettingItem of(Configuration.Entry entry) {
      return new SettingItem(
          entry.key().name(),
          entry.shown(),
          entry.source(),
          entry.key().setting().value(),
          entry.key().variable(),
          entry.key().secret(),
          entry.key().setting().doc());
    }
  }

  public static Endpoint of(Configuration configuration) {
    List<SettingItem> items = configuration.entries().stream().map(SettingItem::of).toList();
    return Endpoint.get("/api/v1/config")
        .id("readConfiguration")
        .summary("The effective configuration, with the source of each value")
        .description("The same as './millrace config' prints. Settings are read at the start.")
        .tags("server")
        .role(Role.ADMIN)
        .answersPage(
            SettingItem.class,
            new SettingItem(
                "server.port",
                "9090",
                "millrace.yaml",
                "8080",
                "MILLRACE_SERVER_PORT",
                false,
                "The port to listen on; 0 takes a free one."))
        .handle(_ -> Reply.ok(new Page<>(items, null)));
  }
}
