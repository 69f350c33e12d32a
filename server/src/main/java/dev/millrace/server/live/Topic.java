package dev.millrace.server.live;

/** What a page may have pushed besides the overview. */
public enum Topic {
  /** All queues, as {@code GET /api/v1/queues} lists them. */
  QUEUES,
  /** How the store stands, as {@code GET /api/v1/store} says. */
  STORE,
  /** The statements that took most time. */
  STATEMENTS,
  /** The slow statements. */
  SLOW,
  /** Who follows the journal. */
  FOLLOWERS,
  /** The first schedules, as {@code GET /api/v1/schedules} lists them. */
  SCHEDULES,
  /** The newest batches, as {@code GET /api/v1/batches} lists them. */
  BATCHES,
  /** The newest runs, as {@code GET /api/v1/workflows} lists them. */
  WORKFLOWS,
  /** The sync points that wait, as {@code GET /api/v1/approvals} lists them. */
  APPROVALS,
  /** What runs handlers, as {@code GET /api/v1/pools} lists it. */
  POOLS,
  /** The limits and how they stand, as {@code GET /api/v1/limits} lists them. */
  LIMITS,
  /** The first tenants, as {@code GET /api/v1/tenants} lists them. */
  TENANTS,
  /** The groups of errors that were seen last, as {@code GET /api/v1/errors} lists them. */
  ERRORS,
  /** What the memory guard and auto-tuning do, as {@code GET /api/v1/adaptive} says. */
  ADAPTIVE,
  /** Whether the process takes work, as {@code GET /api/v1/quiet} says. */
  QUIET
}
