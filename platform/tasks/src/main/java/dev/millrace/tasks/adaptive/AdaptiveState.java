package dev.millrace.tasks.adaptive;

/** How what is found by itself stands, but for the queues' own: see {@link AutoState}. */
public record AdaptiveState(MemoryState memory, TuningState tuning) {}
