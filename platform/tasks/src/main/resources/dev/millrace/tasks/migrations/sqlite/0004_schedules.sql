-- Which task is submitted when. Times in Unix ms.
CREATE TABLE task_schedules (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- Counts every change: a time that comes is only taken on the version it was decided on.
  version INTEGER NOT NULL,
  definition TEXT NOT NULL,
  -- Who declares it in code.
  owner TEXT,
  paused INTEGER NOT NULL DEFAULT 0,
  anchor INTEGER NOT NULL,
  due INTEGER,
  fire INTEGER,
  last_due INTEGER,
  last_task INTEGER,
  started INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  caught_up INTEGER NOT NULL DEFAULT 0,
  -- Times that wait for the end of the run before, with commas between them.
  pending TEXT,
  error TEXT,
  created_at INTEGER NOT NULL
);
