-- What holds for one key instead of what its limit says of all, as JSON.
CREATE TABLE task_limit_keys (
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (name, subject)
) WITHOUT ROWID;
