package dev.millrace.tasks;

/**
 * What holds for one key, and how it stands.
 *
 * @param running how many tasks of the key count for the limit now
 * @param waiting how many of them it holds up, counted up to 10,000
 */
public record KeyLimitView(KeyLimit limit, long running, long waiting) {}
