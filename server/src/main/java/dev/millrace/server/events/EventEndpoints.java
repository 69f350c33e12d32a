package dev.millrace.server.events;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EventStream;
import dev.millrace.http.Json;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.store.Store;
import dev.millrace.store.journal.Cursor;
import dev.millrace.store.journal.Event;
import dev.millrace.store.journal.EventPage;
import dev.millrace.store.journal.FollowerStatus;
import dev.millrace.store.journal.GoneException;
import dev.millrace.store.journal.Journal;
import dev.millrace.store.journal.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/events} and {@code /api/v1/followers}: the journal as clients read it. */
public final class EventEndpoints {
  /** Events that wait for a slow client before it reads the rest from the journal. */
  private static final int BUFFER = 1_000;

  private static final int PAGE = 500;
  private static final Duration REST = Duration.ofSeconds(10);

  static final ProblemType AFTER_INVALID =
      new ProblemType(
          "event-place-invalid",
          400,
          "This is no place in the journal",
          "Use 'next' of the page before, the 'place' of an event, or a position.");

  private final Journal journal;
  private final Store store;

  public EventEndpoints(Journal journal, Store store) {
    this.journal = journal;
    this.store = store;
  }

  /** Which events. */
  public record EventQuery(
      @Doc(
              "The place to read after: a position, or 'next' of the page before. From the oldest"
                  + " if it is left out.")
          @Nullable
          @Size(max = 100)
          String after,
      @Doc("Only events of these types.") @Default("[]") @Size(max = 20) List<String> type,
      @Doc("The largest number of items.") @Default("100") @Range(min = 1, max = 1000) int limit) {}

  /** An event. */
  public record EventItem(
      @Doc("Its place in the journal; read after it to go on.") String place,
      @Doc("When its commit was made.") Instant at,
      @Doc("Its type.") String type,
      @Doc("The version of the type's shape.") int version,
      @Doc("What happened.") JsonNode data) {
    static EventItem of(Event event) {
      return new EventItem(
          event.cursor().toString(),
          event.at(),
          event.type(),
          event.version(),
          Json.mapper().readTree(event.json()));
    }
  }

  /** A follower of the journal. */
  public record FollowerItem(
      String name,
      @Doc("running, parked at a batch that failed too often, or lost beyond the journal's limit.")
          String state,
      @Doc("Everything up to this position is in its output.") String asOf,
      @Doc("Commits that it has not seen yet.") long lag,
      @Doc("Failed attempts at the present place.") int attempts,
      @Nullable String failure) {
    static FollowerItem of(FollowerStatus status) {
      return new FollowerItem(
          status.name(),
          status.state().name().toLowerCase(Locale.ROOT),
          status.asOf().toString(),
          status.lag(),
          status.attempts(),
          status.failure());
    }
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(read(), stream(), followers());
  }

  private Endpoint read() {
    return Endpoint.get("/api/v1/events")
        .id("readEvents")
        .summary("Read the journal of commits, in order")
        .description("To go on later, read after the place of the last event that was read.")
        .tags("events")
        .query(EventQuery.class)
        .answersPage(EventItem.class, example())
        .problems(AFTER_INVALID)
        .handle(request -> {
          EventQuery query = request.query();
          EventPage page =
              journal.read(place(query.after()), query.limit(), Set.copyOf(query.type()));
          return Reply.ok(
              new Page<>(
                  page.items().stream().map(EventItem::of).toList(),
                  page.atEnd() ? null : page.next().toString()));
        });
  }

  private Cursor place(@Nullable String after) {
    if (after == null || after.isEmpty()) {
      return journal.begin();
    }
    try {
      return Cursor.parse(after);
    } catch (IllegalArgumentException malformed) {
      throw AFTER_INVALID.because(String.valueOf(malformed.getMessage()));
    }
  }

  private Endpoint stream() {
    return Endpoint.get("/api/v1/events/stream")
        .id("followEvents")
        .summary("Follow the journal live")
        .description(
            "From now on, or after Last-Event-ID, or after the place that is given; none is missed"
                + " and none comes twice.")
        .tags("events")
        .query(EventQuery.class)
        .answersStream(
            "Each event under its type, with its place as the id. The event 'gone' says that some"
                + " were trimmed.",
            "id: 8f14e45fceea167a-1042.0\nevent: tasks.changed\ndata: {}\n\n")
        .problems(AFTER_INVALID)
        .handle(request -> {
          Set<String> types = Set.copyOf(request.query().type());
          String given = request.lastEventId().orElse(request.query().after());
          Cursor from =
              given == null || given.isEmpty() ? Cursor.after(store.position()) : place(given);
          return Reply.stream(stream -> follow(from, types, stream));
        });
  }

  private void follow(Cursor from, Set<String> types, EventStream stream) throws Exception {
    try (Subscription live = journal.subscribe(types, BUFFER)) {
      Cursor sent = catchUp(from, types, stream);
      while (stream.isOpen()) {
        Optional<Subscription.Delivery> delivery = live.next(REST);
        if (delivery.isEmpty()) {
          if (live.isClosed()) {
            return;
          }
          continue;
        }
        sent =
            switch (delivery.get()) {
              case Subscription.Delivered(Event event) -> send(event, sent, stream);
              case Subscription.Missed(Cursor _) -> catchUp(sent, types, stream);
            };
      }
    }
  }

  /** Sends what the journal has after {@code from}; returns the place that was reached. */
  private Cursor catchUp(Cursor from, Set<String> types, EventStream stream)
      throws IOException, InterruptedException {
    Cursor at = from;
    while (stream.isOpen()) {
      EventPage page;
      try {
        page = journal.read(at, PAGE, types);
      } catch (GoneException gone) {
        at = gone.oldest();
        stream.send(at.toString(), "gone", new Gone(at.toString()));
        continue;
      }
      for (Event event : page.items()) {
        at = send(event, at, stream);
      }
      at = page.next();
      if (page.atEnd()) {
        return at;
      }
    }
    return at;
  }

  /** Where the journal begins. */
  private record Gone(String oldest) {}

  private static Cursor send(Event event, Cursor sent, EventStream stream)
      throws IOException, InterruptedException {
    if (!isAfter(event.cursor(), sent)) {
      return sent;
    }
    stream.send(event.cursor().toString(), event.type(), EventItem.of(event));
    return event.cursor();
  }

  private static boolean isAfter(Cursor a, Cursor b) {
    long left = a.position().number();
    long right = b.position().number();
    return left > right || (left == right && a.index() > b.index());
  }

  private Endpoint followers() {
    return Endpoint.get("/api/v1/followers")
        .id("listFollowers")
        .summary("List who follows the journal, and how far each has come")
        .tags("events")
        .answersPage(
            FollowerItem.class,
            new FollowerItem("draft.records", "running", "8f14e45fceea167a-1042", 0, 0, null))
        .handle(_ -> Reply.ok(followersNow()));
  }

  /** How far each follower has come, as a page. */
  public Object followersNow() {
    return new Page<>(journal.followers().stream().map(FollowerItem::of).toList(), null);
  }

  private static EventItem example() {
    return new EventItem(
        "8f14e45fceea167a-1042.0",
        Instant.parse("2026-11-20T08:00:00Z"),
        "tasks.changed",
        1,
        Json.mapper()
            .readTree("{\"tasks\":{\"succeeded\":[\"01a20191-8d54-7000-802c-144dd7842e9c\"]}}"));
  }
}
