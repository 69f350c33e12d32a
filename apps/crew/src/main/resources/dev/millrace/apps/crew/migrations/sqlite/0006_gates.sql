-- When a check was made: before a stage begins, or at its end.
ALTER TABLE crew_checks ADD COLUMN kind TEXT NOT NULL DEFAULT 'exit';
