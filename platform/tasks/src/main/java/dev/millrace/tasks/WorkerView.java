package dev.millrace.tasks;

import java.time.Duration;

/**
 * A worker of a work-stealing pool.
 *
 * @param number from 0
 * @param atWork the share of time in which it ran tasks, 0 to 1, over the last 5 to 10 seconds in
 *     which somebody looked, else since the last look
 * @param busy how long it ran tasks in all
 * @param started how many tasks it has started
 * @param steals how many of its jobs it took from the queues of others
 * @param depth how many jobs wait in its own queue
 */
public record WorkerView(
    int number, double atWork, Duration busy, long started, long steals, int depth) {}
