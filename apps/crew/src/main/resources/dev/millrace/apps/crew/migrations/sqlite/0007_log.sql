-- What happened in runs, for as long as their history is kept.
CREATE TABLE crew_log (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  type TEXT NOT NULL,
  stage TEXT,
  agent TEXT,
  detail TEXT
);

CREATE INDEX crew_log_run ON crew_log (run, id);

-- Words of its lines, pairs of Chinese characters, and what is filtered by.
CREATE VIRTUAL TABLE crew_log_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = "ascii tokenchars '_'"
);

-- What was done once for this database.
CREATE TABLE crew_done (
  name TEXT PRIMARY KEY
);

-- How long plans took, measured.
CREATE TABLE crew_benches (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL
);

-- What imported decisions say they take the place of, by names of the folder's own.
CREATE TABLE crew_imported_older (
  task INTEGER NOT NULL,
  origin TEXT NOT NULL,
  decision INTEGER NOT NULL,
  PRIMARY KEY (task, origin, decision)
);
