package dev.millrace.apps.crew.runs;

import dev.millrace.http.EventStream;
import dev.millrace.store.PositionException;
import dev.millrace.store.journal.Cursor;
import dev.millrace.store.journal.Event;
import dev.millrace.store.journal.EventPage;
import dev.millrace.store.journal.EventType;
import dev.millrace.store.journal.GoneException;
import dev.millrace.store.journal.Journal;
import dev.millrace.store.journal.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run as it goes, with what happens in it, for whoever looks on. Thread-safe. */
public final class RunStream {
  /** How often its tasks are looked at, whose attempts are no events; these come at once. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final int WAITING_EVENTS = 1_000;
  private static final int PAGE = 500;
  private static final Set<String> TYPES =
      RunEvent.types().stream().map(EventType::name).collect(Collectors.toUnmodifiableSet());

  private final Runs runs;
  private final Journal journal;

  public RunStream(Runs runs, Journal journal) {
    this.runs = runs;
    this.journal = journal;
  }

  /**
   * Sends {@code run} first and whenever the run has changed, and each event under its type until
   * the client goes.
   *
   * @param last the id of the last event that the client has seen; what came since is sent again
   * @throws RunException if there is no run with that id
   */
  public void follow(String id, Optional<String> last, EventStream stream)
      throws IOException, InterruptedException {
    try (Subscription live = journal.subscribe(TYPES, WAITING_EVENTS)) {
      RunView sent = send(id, null, stream);
      Cursor at = last.flatMap(RunStream::place).orElse(null);
      if (at != null) {
        at = catchUp(at, id, stream);
      }
      while (stream.isOpen()) {
        Optional<Subscription.Delivery> delivery = live.next(LOOK);
        if (delivery.isEmpty() && live.isClosed()) {
          return;
        }
        if (delivery.isPresent()) {
          at =
              switch (delivery.get()) {
                case Subscription.Delivered(Event event) -> send(event, at, id, stream);
                case Subscription.Missed(Cursor after) ->
                    catchUp(at == null ? after : at, id, stream);
              };
        }
        sent = send(id, sent, stream);
      }
    }
  }

  private RunView send(String id, @Nullable RunView sent, EventStream stream)
      throws IOException, InterruptedException {
    RunView now = runs.view(id);
    if (sent != null && !now.says(sent)) {
      return sent;
    }
    stream.send(null, "run", now);
    return now;
  }

  private static Optional<Cursor> place(String text) {
    try {
      return Optional.of(Cursor.parse(text));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** Sends what the journal still has after {@code from}; returns the place that was reached. */
  private Cursor catchUp(Cursor from, String id, EventStream stream)
      throws IOException, InterruptedException {
    Cursor at = from;
    while (stream.isOpen()) {
      EventPage page;
      try {
        page = journal.read(at, PAGE, TYPES);
      } catch (GoneException trimmed) {
        at = trimmed.oldest();
        continue;
      } catch (PositionException otherHistory) {
        return at;
      }
      for (Event event : page.items()) {
        at = send(event, at, id, stream);
      }
      if (page.atEnd()) {
        return at;
      }
      at = page.next();
    }
    return at;
  }

  private static Cursor send(Event event, @Nullable Cursor sent, String id, EventStream stream)
      throws IOException, InterruptedException {
    if (sent != null && !isAfter(event.cursor(), sent)) {
      return sent;
    }
    Happening happening = Happening.of(event);
    if (happening.data().path("workflow").asString("").equals(id)) {
      stream.send(event.cursor().toString(), event.type(), happening);
    }
    return event.cursor();
  }

  private static boolean isAfter(Cursor a, Cursor b) {
    long left = a.position().number();
    long right = b.position().number();
    return left > right || (left == right && a.index() > b.index());
  }
}
