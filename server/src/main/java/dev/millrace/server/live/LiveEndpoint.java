package dev.millrace.server.live;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EventStream;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import dev.millrace.http.schema.WireNames;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /api/v1/live}: the overview once a second, and what else a page shows when it changes. */
public final class LiveEndpoint {
  private static final Duration REST = Duration.ofSeconds(5);

  private final Sampler sampler;
  private final Map<Topic, Supplier<?>> topics;

  private LiveEndpoint(Sampler sampler, Map<Topic, Supplier<?>> topics) {
    this.sampler = sampler;
    this.topics = Map.copyOf(topics);
  }

  /** What was before the stream began. */
  private record Past(List<Overview> samples) {}

  /** What to push besides the overview. */
  public record LiveQuery(
      @Doc("Also these, at first and when they have changed, at most once a second.")
          @Default("[]")
          @Size(max = 20)
          List<Topic> topic) {}

  /**
   * The endpoint.
   *
   * @param topics what each topic looks like now; asked once a second for each client that wants
   *     it, so from memory. Equal values are not sent again
   */
  public static Endpoint of(Sampler sampler, Map<Topic, Supplier<?>> topics) {
    LiveEndpoint live = new LiveEndpoint(sampler, topics);
    return Endpoint.get("/api/v1/live")
        .id("followOverview")
        .summary("Follow how everything goes")
        .description(
            "One stream for all that a page shows. Each topic has an event of its name with the"
                + " same body as the endpoint that answers it once: queues, store, statements and"
                + " slow (the two orders of /store/statements), followers, schedules,"
                + " batches, workflows, approvals, pools, limits, tenants, errors, adaptive.")
        .tags("live")
        .query(LiveQuery.class)
        .answersStream(
            "First 'past' with the last two minutes, then 'overview' once a second, and the topics"
                + " that were asked for.",
            "event: past\ndata: {\"samples\":[]}\n\n"
                + "event: queues\ndata: {\"items\":[],\"next\":null}\n\n")
        .handle(request -> {
          List<Topic> asked = request.query().topic();
          Set<Topic> wanted = asked.isEmpty() ? Set.of() : EnumSet.copyOf(asked);
          return Reply.stream(stream -> live.follow(wanted, stream));
        });
  }

  private void follow(Set<Topic> wanted, EventStream stream) throws Exception {
    Sampler.Taken taken = sampler.past();
    stream.send(null, "past", new Past(taken.samples()));
    Map<Topic, Object> sent = new EnumMap<>(Topic.class);
    while (stream.isOpen()) {
      for (Topic topic : wanted) {
        push(topic, sent, stream);
      }
      taken = sampler.after(taken.number(), REST);
      for (Overview overview : taken.samples()) {
        stream.send(null, "overview", overview);
      }
    }
  }

  private void push(Topic topic, Map<Topic, Object> sent, EventStream stream) throws Exception {
    Supplier<?> source = topics.get(topic);
    if (source == null) {
      return;
    }
    Object now = source.get();
    if (!now.equals(sent.put(topic, now))) {
      stream.send(null, WireNames.of(topic), now);
    }
  }
}
