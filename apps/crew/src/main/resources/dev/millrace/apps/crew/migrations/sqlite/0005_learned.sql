-- What executions say about an agent: its performance in percent and how long its work takes, of
-- how many they say so, and when that was learned. Null before.
ALTER TABLE crew_agents ADD COLUMN learned REAL;

ALTER TABLE crew_agents ADD COLUMN learned_seconds REAL;

ALTER TABLE crew_agents ADD COLUMN learned_runs INTEGER;

ALTER TABLE crew_agents ADD COLUMN learned_ms INTEGER;
