package dev.millrace.tasks;

/**
 * A limit and how it stands.
 *
 * @param declared whether code declares it and nobody has set another one in its place
 * @param running how many tasks count for it now; of a limit of keys those of all keys
 * @param waiting how many tasks it holds up, counted up to 10,000
 */
public record LimitView(Limit limit, boolean declared, long running, long waiting) {}
