-- What a waiting task waits for: 'signal <name>', 'batch <key>' or 'tasks'. Waiting may have an end
-- (run_at), so the timer looks at waiting tasks too.
ALTER TABLE tasks ADD COLUMN waits_for TEXT;
-- How many tasks must succeed before a task that waits for 'tasks' is ready.
ALTER TABLE tasks ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN batch INTEGER;
CREATE INDEX tasks_batch ON tasks (batch) WHERE batch IS NOT NULL;
DROP INDEX tasks_due;
CREATE INDEX tasks_due ON tasks (run_at) WHERE state IN ('scheduled', 'retrying', 'waiting');

-- Which task waits for the success of which.
CREATE TABLE task_links (
  before INTEGER NOT NULL,
  after INTEGER NOT NULL,
  PRIMARY KEY (before, after)
) WITHOUT ROWID;

-- Signals that no run has taken yet, in the order in which they came.
CREATE TABLE task_signals (
  task INTEGER NOT NULL,
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  payload TEXT,
  PRIMARY KEY (task, name, number)
) WITHOUT ROWID;

-- Tasks that are counted together. A batch with an owner holds the children of that task.
CREATE TABLE task_batches (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  owner INTEGER,
  -- Whether no more tasks are added.
  closed INTEGER NOT NULL DEFAULT 0,
  cancelled_at INTEGER,
  total INTEGER NOT NULL DEFAULT 0,
  open INTEGER NOT NULL DEFAULT 0,
  succeeded INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  -- Submissions as JSON, taken out when they are made.
  on_success TEXT,
  on_failure TEXT,
  on_complete TEXT,
  finished_at INTEGER
);
CREATE UNIQUE INDEX task_batches_owner ON task_batches (owner, name) WHERE owner IS NOT NULL;
CREATE INDEX task_batches_finished ON task_batches (finished_at) WHERE finished_at IS NOT NULL;
