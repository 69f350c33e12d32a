-- Which end of the one the other waits for: 'failed' or 'ended'; null is its success.
ALTER TABLE task_links ADD COLUMN outcome TEXT;
