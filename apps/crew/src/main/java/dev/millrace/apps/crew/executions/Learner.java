package dev.millrace.apps.crew.executions;

import dev.millrace.apps.crew.agents.Agent;
import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.agents.Learned;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The task that learns from executions how well each agent does and how long it takes. What was
 * said about an agent counts as {@value #GIVEN} executions, so that a few do not turn everything
 * over. Thread-safe.
 */
public final class Learner {
  private static final int GIVEN = 10;

  /** Fewer say nothing about how long the next one takes. */
  private static final int LEAST_TIMED = 3;

  private final Executions executions;
  private final Agents agents;
  private final InstantSource clock;

  public Learner(Executions executions, Agents agents, InstantSource clock) {
    this.executions = executions;
    this.agents = agents;
    this.clock = clock;
  }

  /** The type of the task; a schedule may submit it too. */
  public TaskType<LearnInput, LearnReport> type() {
    return TaskType.io("crew.learn", LearnInput.class, LearnReport.class, this::learn)
        .withQueue("crew");
  }

  private LearnReport learn(Run run, LearnInput input) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant since = now.minus(Duration.ofDays(input.days()));
    long looked = executions.count(since);
    List<Learned> learned = new ArrayList<>();
    List<LearnReport.OfAgent> told = new ArrayList<>();
    for (Executions.Part part : executions.parts(since)) {
      agents
          .find(part.agent())
          .ifPresent(agent -> {
            Learned fresh = of(agent, part, now);
            learned.add(fresh);
            told.add(tell(agent, part, fresh));
          });
    }
    run.log(
        LogLine.Level.INFO,
        looked + " executions of " + input.days() + " days, " + told.size() + " agents");
    run.finish(tx -> {
      for (int i = 0; i < told.size(); i++) {
        agents.learned(tx, told.get(i).agent(), learned.get(i));
      }
      // Reading is not for the writer's thread.
      tx.afterCommit(() -> Thread.startVirtualThread(agents::reload));
    });
    return new LearnReport(looked, told);
  }

  private static Learned of(Agent agent, Executions.Part part, Instant now) {
    double percent =
        (GIVEN * agent.performance() + part.runs() * part.quality()) / (GIVEN + part.runs());
    Double seconds = part.timed() < LEAST_TIMED ? null : part.meanSeconds();
    return new Learned(Math.round(10 * percent) / 10.0, seconds, part.runs(), now);
  }

  private static LearnReport.OfAgent tell(Agent agent, Executions.Part part, Learned now) {
    Learned before = agent.learned();
    return new LearnReport.OfAgent(
        agent.name(),
        part.runs(),
        part.succeeded(),
        before == null ? null : before.performance(),
        now.performance(),
        now.meanSeconds());
  }
}
