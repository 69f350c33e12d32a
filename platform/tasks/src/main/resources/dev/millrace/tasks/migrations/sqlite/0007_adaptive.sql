-- The bounds of a concurrency that is found by itself; null where it is a number.
ALTER TABLE task_queues ADD COLUMN auto_min INTEGER;
ALTER TABLE task_queues ADD COLUMN auto_max INTEGER;
