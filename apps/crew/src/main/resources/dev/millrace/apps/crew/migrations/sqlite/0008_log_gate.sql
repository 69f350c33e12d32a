-- Which of a stage's gates a line is about: before it, while it is at work, or at its end.
ALTER TABLE crew_log ADD COLUMN gate TEXT;
