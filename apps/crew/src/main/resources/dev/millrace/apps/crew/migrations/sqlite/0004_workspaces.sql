-- Where programs of several runs work together.
CREATE TABLE crew_workspaces (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  branch TEXT NOT NULL,
  port INTEGER NOT NULL UNIQUE,
  status TEXT NOT NULL,
  note TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  used_ms INTEGER,
  runs INTEGER NOT NULL
);
