package dev.millrace.tasks;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are submitted when their time comes. Everything here is durable and can be changed
 * while the process runs. A time that comes is one commit: the task exists and the schedule has
 * moved on, or neither, so a crash neither loses nor doubles a run.
 *
 * <p>Thread-safe. Refusals are {@link TaskException}s.
 */
public interface Schedules {
  /**
   * Adds a schedule.
   *
   * @throws TaskException if there is one of its name, its type is unknown, its input does not fit,
   *     or there are 100,000 already
   */
  ScheduleView create(Schedule schedule);

  /**
   * Puts a schedule in the place of the one of its name, which must exist. Its pause and its counts
   * stay; when it is due next is found anew if timing, zone or jitter changed.
   *
   * @throws TaskException if there is none, or code declares it
   */
  ScheduleView replace(Schedule schedule);

  /**
   * Removes a schedule; tasks that it submitted stay.
   *
   * @throws TaskException if there is none, or code declares it
   */
  void remove(String name);

  /** Starts nothing more until {@link #resume}; times that pass meanwhile are left out. */
  ScheduleView pause(String name);

  /** Goes on with the next time that comes. */
  ScheduleView resume(String name);

  /** Submits its task now, paused or not, beside whatever runs; its times stay as they are. */
  Submitted run(String name);

  Optional<ScheduleView> find(String name);

  /**
   * Schedules by name.
   *
   * @param limit 1 to 200
   * @param after {@link SchedulePage#next} of the page before; null for the first
   */
  SchedulePage list(int limit, @Nullable String after);

  /**
   * The times to come, whether paused or not, without jitter.
   *
   * @param count 1 to 100
   */
  List<Instant> next(String name, int count);

  /**
   * Keeps the schedules of {@code owner} in step with code: adds, changes and removes them until
   * these are all it has. What people paused stays paused. Before the start of tasks it takes
   * effect with the start.
   *
   * @throws TaskException if one of them is refused or its name belongs to somebody else; nothing
   *     is changed then
   */
  void declare(String owner, Collection<Schedule> schedules);
}
