package dev.millrace.server.command;

import dev.millrace.server.MillraceServer;
import dev.millrace.server.config.Configuration;
import java.io.IOException;
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
    NativeFolder natives = NativeFolder.in(options.data);
    MillraceServer server = start(configuration, natives);
    // Runs on SIGTERM and Ctrl-C. A stop that was asked for and went well is a success, which the
    // virtual machine would otherwise report as killed by the signal.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  remove(natives);
                  System.out.println("stopped");
                  System.out.flush();
                  Runtime.getRuntime().halt(0);
                },
                "stop"));
    System.out.println("listening on " + server.url());
    System.out.flush();
    server.awaitClosed();
    return 0;
  }

  private MillraceServer start(Configuration configuration, NativeFolder natives) throws Exception {
    try {
      return MillraceServer.start(configuration, options.data);
    } catch (Exception | Error failure) {
      remove(natives);
      throw failure;
    }
  }

  private static void remove(NativeFolder natives) {
    try {
      natives.close();
    } catch (IOException _) {
      // The next start removes it.
    }
  }
}
