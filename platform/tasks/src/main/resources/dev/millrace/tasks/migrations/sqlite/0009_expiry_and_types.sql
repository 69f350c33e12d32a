-- From when on a task is not started any more, in Unix ms. It is emptied when the task has begun for good.
ALTER TABLE tasks ADD COLUMN expires_at INTEGER;

-- When to look at tasks that expire. A table of its own, so that the others have no index to keep.
CREATE TABLE task_expiries (
  at INTEGER NOT NULL,
  task INTEGER NOT NULL,
  PRIMARY KEY (at, task)
) WITHOUT ROWID;

-- Unique keys that stay taken for a time, whatever becomes of their task.
CREATE TABLE task_unique (
  unique_key TEXT NOT NULL,
  type TEXT NOT NULL,
  task INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (unique_key, type)
) WITHOUT ROWID;

-- What people set for a type at run time, as JSON; code says the rest.
CREATE TABLE task_type_settings (
  type TEXT PRIMARY KEY,
  settings TEXT NOT NULL
) WITHOUT ROWID;
