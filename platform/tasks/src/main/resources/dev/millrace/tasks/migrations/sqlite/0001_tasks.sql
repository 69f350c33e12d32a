-- Unfinished tasks. A running task stays 'ready' here: memory and the ledger know what runs.
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  queue TEXT NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  -- Smaller runs first: when it was ready, in ms, and the head start of its priority.
  rank INTEGER NOT NULL,
  run_at INTEGER,
  attempt INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  -- Whether attempts, steps, progress or log were written.
  details INTEGER NOT NULL DEFAULT 0,
  -- Whether a cancellation waits for its handler to end.
  cancelling INTEGER NOT NULL DEFAULT 0,
  unique_key TEXT,
  tags TEXT,
  tenant TEXT,
  subject TEXT,
  traceparent TEXT,
  progress_done INTEGER,
  progress_total INTEGER,
  progress_message TEXT,
  error TEXT,
  input TEXT NOT NULL
);
CREATE INDEX tasks_ready ON tasks (queue, rank) WHERE state = 'ready';
CREATE INDEX tasks_due ON tasks (run_at) WHERE state IN ('scheduled', 'retrying');
CREATE INDEX tasks_not_ready ON tasks (state) WHERE state <> 'ready';
CREATE INDEX tasks_suspect ON tasks (crashes) WHERE crashes > 1;
CREATE UNIQUE INDEX tasks_unique ON tasks (unique_key, type) WHERE unique_key IS NOT NULL;

-- Runs of unfinished tasks that ended; of finished ones they are in the trail.
CREATE TABLE task_attempts (
  task INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  error TEXT,
  PRIMARY KEY (task, started_at, ended_at)
) WITHOUT ROWID;

-- Steps of unfinished tasks, and of dead and cancelled ones, which may be driven again.
CREATE TABLE task_steps (
  task INTEGER NOT NULL,
  name TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  result TEXT,
  PRIMARY KEY (task, name)
) WITHOUT ROWID;

-- Log lines of unfinished tasks; at is in µs and strictly ascending within a task.
CREATE TABLE task_log (
  task INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (task, at)
) WITHOUT ROWID;

-- Tags of all tasks, also of those in history.
CREATE TABLE task_tags (
  tag TEXT NOT NULL,
  task INTEGER NOT NULL,
  PRIMARY KEY (tag, task)
) WITHOUT ROWID;

-- How many tasks of each queue are in each state, kept in the commits that change it.
CREATE TABLE task_counts (
  queue TEXT NOT NULL,
  state TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (queue, state)
) WITHOUT ROWID;

-- What people set; a queue without a row has the defaults.
CREATE TABLE task_queues (
  name TEXT PRIMARY KEY,
  paused INTEGER NOT NULL DEFAULT 0,
  concurrency INTEGER
) WITHOUT ROWID;

-- The tables of history: one a day of UTC, named tasks_done_<day>.
CREATE TABLE task_buckets (
  day INTEGER PRIMARY KEY
);
