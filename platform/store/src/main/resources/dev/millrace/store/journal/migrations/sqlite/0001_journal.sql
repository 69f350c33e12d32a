-- One row a commit that has events, or several if they are many: id = commit number * 4096 + part.
-- total_bytes counts every body since the beginning, so that two rows tell the size between them.
CREATE TABLE millrace_journal (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  first_index INTEGER NOT NULL,
  events INTEGER NOT NULL,
  total_bytes INTEGER NOT NULL,
  body TEXT NOT NULL
);

-- Everything up to this commit may be gone.
CREATE TABLE millrace_journal_trim (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL
);
INSERT INTO millrace_journal_trim (id, number) VALUES (1, 0);

-- Changes of followed tables within one commit; empty between commits.
CREATE TABLE millrace_changes (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE millrace_followers (
  name TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  event_index INTEGER NOT NULL,
  state TEXT NOT NULL,
  failure TEXT,
  updated_at INTEGER NOT NULL
);
