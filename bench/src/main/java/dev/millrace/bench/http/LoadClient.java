package dev.millrace.bench.http;

import dev.millrace.bench.Java;
import dev.millrace.bench.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Runs a {@link Load} in a process of its own, so that client and server share no heap. */
public final class LoadClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LoadClient() {}

  public static Load.Outcome run(Load load) throws IOException, InterruptedException {
    Process process =
        Java.command(LoadClient.class, "-Xmx512m", "-XX:+UseSerialGC")
            .with(JSON.writeValueAsString(load))
            .start();
    try {
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("The load client failed with exit code " + process.exitValue());
      }
      Load.Outcome outcome = JSON.readValue(answer, Load.Outcome.class);
      Progress.say("    " + outcome);
      return outcome;
    } finally {
      process.destroyForcibly();
    }
  }

  public static void main(String[] arguments) throws Exception {
    Load load = JSON.readValue(arguments[0], Load.class);
    try (LoadLoop loop = new LoadLoop(load)) {
      System.out.println(JSON.writeValueAsString(loop.run()));
    }
  }
}
