-- Definitions, one row a version; a run keeps to the version it began with.
CREATE TABLE workflow_definitions (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (name, version)
) WITHOUT ROWID;

-- Runs; the id is that of the task that drives the run.
CREATE TABLE workflow_runs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  -- What it has come to, as JSON.
  book TEXT NOT NULL,
  finished_at INTEGER
);
CREATE INDEX workflow_runs_name ON workflow_runs (name);
CREATE INDEX workflow_runs_unfinished ON workflow_runs (status) WHERE finished_at IS NULL;
CREATE INDEX workflow_runs_finished ON workflow_runs (finished_at) WHERE finished_at IS NOT NULL;
