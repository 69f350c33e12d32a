-- How many units of each rate it takes.
ALTER TABLE tasks ADD COLUMN cost INTEGER NOT NULL DEFAULT 1;
