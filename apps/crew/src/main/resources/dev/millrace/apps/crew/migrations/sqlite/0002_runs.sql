-- How an agent's work is done, as JSON, and who takes over; null for a person and nobody.
ALTER TABLE crew_agents ADD COLUMN executor TEXT;

ALTER TABLE crew_agents ADD COLUMN fallback TEXT;

-- What was written about a run that is over, so that it is written once.
CREATE TABLE crew_runs (
  run INTEGER PRIMARY KEY,
  decision TEXT NOT NULL,
  execution INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL
);
