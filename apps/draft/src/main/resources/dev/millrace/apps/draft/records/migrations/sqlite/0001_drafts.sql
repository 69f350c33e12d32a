-- Drafts, in the order of their tasks. state is open while the task decides it.
CREATE TABLE draft_drafts (
  task_key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  state TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  ended_ms INTEGER,
  items INTEGER NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  duration_us INTEGER NOT NULL,
  notes TEXT NOT NULL,
  problems TEXT NOT NULL
);

-- What was asked for, as it was sent: large, and seldom read.
CREATE TABLE draft_recipes (
  task_key INTEGER PRIMARY KEY,
  recipe TEXT NOT NULL
);

-- The files of a draft by their order in the recipe, and what became of each.
CREATE TABLE draft_files (
  task_key INTEGER NOT NULL,
  no INTEGER NOT NULL,
  url TEXT NOT NULL,
  wanted TEXT,
  subtitles INTEGER NOT NULL,
  state TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  code TEXT,
  why TEXT,
  kind TEXT,
  format TEXT,
  width INTEGER,
  height INTEGER,
  duration_us INTEGER,
  has_audio INTEGER,
  PRIMARY KEY (task_key, no)
);
