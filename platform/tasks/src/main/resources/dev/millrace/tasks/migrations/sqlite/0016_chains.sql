-- The last task of each chain that is not over for good.
CREATE TABLE task_chains (
  name TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) WITHOUT ROWID;
