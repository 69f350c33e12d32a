package dev.millrace.tasks.ledger;

/**
 * A task that runs or ran.
 *
 * @param startedAt Unix time in ms
 */
public record Claim(long key, long startedAt) {}
