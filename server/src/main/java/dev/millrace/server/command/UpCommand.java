package dev.millrace.server.command;

import dev.millrace.server.MillraceServer;
import dev.millrace.server.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the server in the foreground until SIGTERM or Ctrl-C. */
@Command(name = "up")
final class UpCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Option(names = "--port", paramLabel = "PORT")
  private @Nullable Integer port;

  @Option(names = "--samples")
  private boolean samples;

  @Override
  public Integer call() throws Exception {
    List<String> sets = new ArrayList<>();
    if (port != null) {
      sets.add("server.port=" + port);
    }
    if (samples) {
      sets.add("server.samples=true");
    }
    Configuration configuration = options.configuration(sets.toArray(String[]::new));
    MillraceServer server = MillraceServer.start(configuration, options.data);
    // The hook runs on SIGTERM and SIGINT; the main thread waits until it is through, so that the
    // process does not end half-stopped.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    System.out.println("listening on " + server.url());
    System.out.flush();
    server.awaitClosed();
    return 0;
  }
}
