-- Failures of one kind: same exceptions, same message but for what changes, same place in the code.
CREATE TABLE task_errors (
  fingerprint TEXT PRIMARY KEY,
  exception TEXT NOT NULL,
  message TEXT NOT NULL,
  -- The newest failure, as it was.
  error TEXT NOT NULL,
  trace TEXT NOT NULL,
  task INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  -- Tasks that are dead of it now.
  dead INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX task_errors_last ON task_errors (last_at, fingerprint);

CREATE TABLE task_error_types (
  fingerprint TEXT NOT NULL,
  type TEXT NOT NULL,
  failures INTEGER NOT NULL,
  dead INTEGER NOT NULL,
  PRIMARY KEY (fingerprint, type)
) WITHOUT ROWID;

-- Failures an hour, since 1970, for two days.
CREATE TABLE task_error_hours (
  fingerprint TEXT NOT NULL,
  hour INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (fingerprint, hour)
) WITHOUT ROWID;
CREATE INDEX task_error_hours_hour ON task_error_hours (hour);

-- What each dead task died of; it has the tag 'error:<fingerprint>' as long as it is here.
CREATE TABLE task_dead (
  task INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL
);
