package dev.millrace.server.live;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EventStream;
import dev.millrace.http.Reply;
import java.time.Duration;
import java.util.List;

/** {@code /api/v1/live}: the overview, once a second. */
public final class LiveEndpoint {
  private static final Duration REST = Duration.ofSeconds(5);

  private LiveEndpoint() {}

  /** What was before the stream began. */
  private record Past(List<Overview> samples) {}

  public static Endpoint of(Sampler sampler) {
    return Endpoint.get("/api/v1/live")
        .id("followOverview")
        .summary("Follow how everything goes")
        .tags("live")
        .answersStream(
            "First 'past' with the last two minutes, then 'overview' once a second.",
            "event: past\ndata: {\"samples\":[]}\n\n")
        .handle(_ -> Reply.stream(stream -> follow(sampler, stream)));
  }

  private static void follow(Sampler sampler, EventStream stream) throws Exception {
    Sampler.Taken taken = sampler.past();
    stream.send(null, "past", new Past(taken.samples()));
    while (stream.isOpen()) {
      taken = sampler.after(taken.number(), REST);
      for (Overview overview : taken.samples()) {
        stream.send(null, "overview", overview);
      }
    }
  }
}
