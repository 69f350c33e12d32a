package dev.millrace.tasks;

import static dev.millrace.tasks.TaskState.CANCELLED;
import static dev.millrace.tasks.TaskState.DEAD;
import static dev.millrace.tasks.TaskState.READY;
import static dev.millrace.tasks.TaskState.RETRYING;
import static dev.millrace.tasks.TaskState.RUNNING;
import static dev.millrace.tasks.TaskState.SCHEDULED;
import static dev.millrace.tasks.TaskState.SUCCEEDED;
import static dev.millrace.tasks.TaskState.WAITING;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One way from a state to another, with the event that takes it. {@link #TABLE} is complete: what
 * it does not list cannot happen. The diagram in the documentation is drawn from it.
 *
 * @param from null for the way in
 */
public record Transition(@Nullable TaskState from, Event event, TaskState to) {

  /** What happens to a task. */
  public enum Event {
    SUBMITTED("submitted"),
    SUBMITTED_FOR_LATER("submitted for later"),
    SUBMITTED_BEHIND("submitted behind other tasks"),
    DUE("its time came"),
    STARTED("a slot took it"),
    SUCCEEDED("the handler returned"),
    FAILED("the handler failed, attempts are left"),
    GAVE_UP("the handler failed for good"),
    CANCELLED("cancelled"),
    EXPIRED("not started in time"),
    POSTPONED("put off"),
    PUT_BACK("the server stopped, or memory was at its end"),
    INTERRUPTED("the process ended while it ran"),
    PARKED("the process ended three times while it ran alone"),
    SLEPT("its handler sleeps"),
    HELD("held by a child, a signal or a limit"),
    RELEASED("nothing holds it any more"),
    HURRIED("told to run now"),
    DRIVEN_AGAIN("driven again"),
    DISCARDED("discarded");

    private final String words;

    Event(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** Every transition there is. */
  public static final List<Transition> TABLE =
      List.of(
          new Transition(null, Event.SUBMITTED, READY),
          new Transition(null, Event.SUBMITTED_FOR_LATER, SCHEDULED),
          new Transition(null, Event.SUBMITTED_BEHIND, WAITING),
          new Transition(SCHEDULED, Event.DUE, READY),
          new Transition(SCHEDULED, Event.HURRIED, READY),
          new Transition(SCHEDULED, Event.CANCELLED, CANCELLED),
          new Transition(SCHEDULED, Event.EXPIRED, CANCELLED),
          new Transition(READY, Event.STARTED, RUNNING),
          new Transition(READY, Event.HELD, WAITING),
          new Transition(READY, Event.POSTPONED, SCHEDULED),
          new Transition(READY, Event.CANCELLED, CANCELLED),
          new Transition(READY, Event.EXPIRED, CANCELLED),
          new Transition(WAITING, Event.RELEASED, READY),
          new Transition(WAITING, Event.POSTPONED, SCHEDULED),
          new Transition(WAITING, Event.CANCELLED, CANCELLED),
          new Transition(WAITING, Event.EXPIRED, CANCELLED),
          new Transition(RUNNING, Event.SUCCEEDED, SUCCEEDED),
          new Transition(RUNNING, Event.FAILED, RETRYING),
          new Transition(RUNNING, Event.GAVE_UP, DEAD),
          new Transition(RUNNING, Event.CANCELLED, CANCELLED),
          new Transition(RUNNING, Event.PUT_BACK, READY),
          new Transition(RUNNING, Event.INTERRUPTED, READY),
          new Transition(RUNNING, Event.PARKED, DEAD),
          new Transition(RUNNING, Event.SLEPT, SCHEDULED),
          new Transition(RUNNING, Event.HELD, WAITING),
          new Transition(RETRYING, Event.DUE, READY),
          new Transition(RETRYING, Event.HURRIED, READY),
          new Transition(RETRYING, Event.CANCELLED, CANCELLED),
          new Transition(RETRYING, Event.EXPIRED, CANCELLED),
          new Transition(DEAD, Event.DRIVEN_AGAIN, READY),
          new Transition(DEAD, Event.DISCARDED, CANCELLED),
          new Transition(CANCELLED, Event.DRIVEN_AGAIN, READY));

  /** The table for looking up: every outcome asks it. */
  private static final Map<TaskState, Map<Event, TaskState>> TARGETS = targets();

  private static Map<TaskState, Map<Event, TaskState>> targets() {
    var targets = new EnumMap<TaskState, Map<Event, TaskState>>(TaskState.class);
    for (Transition transition : TABLE) {
      TaskState from = transition.from;
      if (from != null) {
        targets
            .computeIfAbsent(from, _ -> new EnumMap<>(Event.class))
            .put(transition.event, transition.to);
      }
    }
    return targets;
  }

  /** Where {@code event} leads from {@code from}, or nothing if the table does not list it. */
  public static Optional<TaskState> target(TaskState from, Event event) {
    Map<Event, TaskState> events = TARGETS.get(from);
    return events == null ? Optional.empty() : Optional.ofNullable(events.get(event));
  }

  /** The events that the table lists for {@code from}, for a refusal that says what is possible. */
  static String possible(TaskState from) {
    return TABLE.stream()
        .filter(t -> t.from == from)
        .map(t -> "'" + t.event.words + "'")
        .collect(Collectors.joining(", "));
  }
}
