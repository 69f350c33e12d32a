-- Whether the newest task of a queue goes first.
ALTER TABLE task_queues ADD COLUMN newest_first INTEGER NOT NULL DEFAULT 0;
