package dev.millrace.server;

import dev.millrace.app.App;
import dev.millrace.server.apps.Apps;
import dev.millrace.server.config.ConfigurationSchema;
import dev.millrace.server.log.LogSettings;
import dev.millrace.server.webhooks.WebhookSettings;
import java.nio.file.Path;
import java.util.List;

/** Which configuration keys there are: the server's, the parts', and those of the applications. */
public final class ServerSchema {
  private ServerSchema() {}

  /** All keys of a process on {@code data}. */
  public static ConfigurationSchema of(Path data) {
    return of(Apps.find(data));
  }

  static ConfigurationSchema of(List<App> apps) {
    ConfigurationSchema schema =
        new ConfigurationSchema()
            .add("server", ServerSettings.class)
            .add("store", StoreSettings.class)
            .add("tasks", TaskSettings.class)
            .add("webhooks", WebhookSettings.class)
            .add("log", LogSettings.class);
    apps.forEach(app -> schema.add(app.name(), app.settings()));
    return schema;
  }
}
