-- What runs were asked for, so that they are found again. How a run stands is its workflow's.
CREATE TABLE crew_requests (
  run INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  request TEXT NOT NULL
);

-- Words of requests and names, pairs of Chinese characters, and what is filtered by.
CREATE VIRTUAL TABLE crew_request_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = "ascii tokenchars '_'"
);

-- How sync points and gates of runs were decided, each once a round.
CREATE TABLE crew_checks (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  stage TEXT NOT NULL,
  round INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  domain TEXT NOT NULL,
  template TEXT,
  metrics TEXT NOT NULL
);

CREATE INDEX crew_checks_at ON crew_checks (at_ms);
