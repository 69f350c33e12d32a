package dev.millrace.server.tasks;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.tasks.Chunking;
import dev.millrace.tasks.RetryCase;
import dev.millrace.tasks.TaskKind;
import dev.millrace.tasks.TypeSettings;
import dev.millrace.tasks.TypeView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Task types and what is set for them, as they are on the wire. */
final class TypeWire {
  private TypeWire() {}

  /** What people say about a type. */
  public record TypeRule(
      @Doc(
              "Time limit of one attempt, such as PT2M; PT0S for none. As the code says if it is"
                  + " left out.")
          @Nullable Duration timeLimit,
      @Doc(
              "Tries in all, also the most for every class of failure. As the code says if it is"
                  + " left out.")
          @Nullable
          @Range(min = 1, max = 1000)
          Integer attempts,
      @Doc("The pause after the first failure. As the code says if it is left out.")
          @Nullable Duration retryDelay) {
    static final TypeRule EXAMPLE = new TypeRule(Duration.ofMinutes(2), 3, null);

    static TypeRule of(TypeSettings settings) {
      return new TypeRule(settings.timeLimit(), settings.attempts(), settings.retryDelay());
    }

    TypeSettings settings() {
      return new TypeSettings(timeLimit, attempts, retryDelay);
    }
  }

  /** How failures of one class are tried again. */
  public record RetryCaseItem(
      @Doc("The class of the exception, or of one that caused it.") String exception,
      @Doc("Tries in all, whatever the others failed of.") int attempts,
      @Doc("The pause after the first failure.") Duration retryDelay) {
    static final RetryCaseItem EXAMPLE =
        new RetryCaseItem("java.io.IOException", 3, Duration.ofSeconds(5));

    static RetryCaseItem of(RetryCase of) {
      return new RetryCaseItem(of.failure().getName(), of.attempts(), of.firstDelay());
    }
  }

  /** How many tasks are handled in one call. */
  public record ChunkItem(
      @Doc("Tasks in a call at most.") int size,
      @Doc("How long a task waits for others at most.") Duration within,
      @Doc("Whether all tasks of a call have the same key.") boolean perKey) {
    static @Nullable ChunkItem of(@Nullable Chunking chunk) {
      return chunk == null ? null : new ChunkItem(chunk.size(), chunk.within(), chunk.perKey());
    }
  }

  /** A type as it is in force. */
  public record TypeItem(
      String name,
      @Doc("Whether its handler mostly waits or computes.") TaskKind kind,
      @Doc("Where its tasks wait unless a submission says otherwise.") String queue,
      @Doc("0 urgent to 9 idle.") int priority,
      @Doc("Time limit of one attempt in force; null for none.") @Nullable Duration timeLimit,
      @Doc("Tries in all in force.") int attempts,
      @Doc("The pause after the first failure in force.") Duration retryDelay,
      @Doc("What holds instead for failures of some classes, as the code says.")
          List<RetryCaseItem> retryCases,
      @Doc("How long after it is due a task may be started; null for ever.")
          @Nullable Duration expiry,
      @Doc("How its tasks are handled together; null if each is handled alone.")
          @Nullable ChunkItem chunk,
      @Doc("What people have set; what is null is as the code says.") TypeRule set) {
    static final TypeItem EXAMPLE =
        new TypeItem(
            "sample.steps",
            TaskKind.IO,
            "default",
            5,
            Duration.ofMinutes(2),
            3,
            Duration.ofSeconds(1),
            List.of(RetryCaseItem.EXAMPLE),
            null,
            null,
            TypeRule.EXAMPLE);

    static TypeItem of(TypeView view) {
      return new TypeItem(
          view.name(),
          view.kind(),
          view.queue(),
          view.priority(),
          view.timeLimit(),
          view.attempts(),
          view.retryDelay(),
          view.retryCases().stream().map(RetryCaseItem::of).toList(),
          view.expiry(),
          ChunkItem.of(view.chunk()),
          TypeRule.of(view.set()));
    }
  }
}
