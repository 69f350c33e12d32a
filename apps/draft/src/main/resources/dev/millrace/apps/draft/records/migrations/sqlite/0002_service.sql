-- Downloads that somebody stopped. paused: they are not to go on. pauses and resumes: how often the
-- task has given way for that, and how often it was called back.
ALTER TABLE draft_drafts ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft_drafts ADD COLUMN pauses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft_drafts ADD COLUMN resumes INTEGER NOT NULL DEFAULT 0;

-- How each draft came to be and what became of it; outlives the draft. source is recipe, url, batch
-- or draft; origin is the link, the batch or the draft it was made from. rule_group_version is that
-- of a stored group, 0 if the recipe brought its own.
CREATE TABLE draft_generations (
  task_key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  rule_group_version INTEGER NOT NULL,
  source TEXT NOT NULL,
  origin TEXT NOT NULL,
  state TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  ended_ms INTEGER,
  bytes INTEGER NOT NULL,
  code TEXT
);
CREATE INDEX draft_generations_by_group ON draft_generations (rule_group, task_key);
CREATE INDEX draft_generations_by_origin ON draft_generations (origin, task_key);

INSERT INTO draft_generations
  SELECT task_key, name, title, '', 0, 'recipe', '', state, created_us, ended_ms, bytes, NULL
  FROM draft_drafts;

-- Rule groups that recipes may name. A version is never changed; deleting hides a group, so that
-- drafts keep the version they were made with.
CREATE TABLE draft_rule_groups (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  deleted INTEGER NOT NULL
);
CREATE TABLE draft_rule_group_versions (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  rules TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  PRIMARY KEY (id, version)
);

-- What the commits that end drafts have counted. millis is from submission to end, of those that
-- became ready; so are bytes.
CREATE TABLE draft_statistics (
  day TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  ready INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  millis INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (day, rule_group)
);
CREATE TABLE draft_file_failures (
  day TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  host TEXT NOT NULL,
  code TEXT NOT NULL,
  files INTEGER NOT NULL,
  PRIMARY KEY (day, rule_group, host, code)
);

-- Recipes that were refused when a batch was taken.
CREATE TABLE draft_batches (
  batch_key INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  recipes INTEGER NOT NULL,
  refused TEXT NOT NULL,
  created_ms INTEGER NOT NULL
);

-- Drafts of a batch whose tasks are about to be made: whichever comes first, the batch or the task,
-- makes a draft of it.
CREATE TABLE draft_pending (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  rule_group_version INTEGER NOT NULL,
  origin TEXT NOT NULL,
  items INTEGER NOT NULL,
  recipe TEXT NOT NULL,
  created_us INTEGER NOT NULL
);
