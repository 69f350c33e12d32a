-- What a task waits for is looked up by the task itself too.
CREATE INDEX task_links_after ON task_links (after);
