CREATE TABLE crew_agents (
  name TEXT PRIMARY KEY,
  domain TEXT NOT NULL,
  skills TEXT NOT NULL,
  complexity REAL NOT NULL,
  performance REAL NOT NULL,
  availability REAL NOT NULL,
  used INTEGER NOT NULL,
  last_used_ms INTEGER,
  built_in INTEGER NOT NULL
);

CREATE TABLE crew_templates (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE crew_executions (
  id INTEGER PRIMARY KEY,
  recorded_ms INTEGER NOT NULL,
  domain TEXT NOT NULL,
  complexity TEXT NOT NULL,
  success INTEGER NOT NULL,
  seconds REAL NOT NULL,
  body TEXT NOT NULL
);

-- Whoever counts decisions of a project counts here; last is the newest number.
CREATE TABLE crew_projects (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  last INTEGER NOT NULL
);

-- In the order in which they were recorded. What may change stands in columns, the rest in body.
CREATE TABLE crew_decisions (
  seq INTEGER PRIMARY KEY,
  project INTEGER NOT NULL,
  number INTEGER NOT NULL,
  status TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  superseded_by INTEGER,
  title TEXT NOT NULL,
  maker TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (project, number)
);

CREATE TABLE crew_supersedes (
  newer INTEGER NOT NULL,
  older INTEGER NOT NULL,
  PRIMARY KEY (newer, older)
);

CREATE INDEX crew_supersedes_older ON crew_supersedes (older);

CREATE TABLE crew_impacts (
  id INTEGER PRIMARY KEY,
  decision INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX crew_impacts_decision ON crew_impacts (decision, id);

-- Follows the journal: words of the texts, pairs of Chinese characters, and what is filtered by.
CREATE VIRTUAL TABLE crew_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = "ascii tokenchars '_'"
);

-- How far crew_words and crew_counts have come, so that no event counts twice.
CREATE TABLE crew_indexed (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL
);

CREATE TABLE crew_counts (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
);

-- Files of an import that are in, so that a repeated step adds none twice.
CREATE TABLE crew_imported (
  task INTEGER NOT NULL,
  file TEXT NOT NULL,
  decision INTEGER NOT NULL,
  origin TEXT,
  successor TEXT,
  PRIMARY KEY (task, file)
);
