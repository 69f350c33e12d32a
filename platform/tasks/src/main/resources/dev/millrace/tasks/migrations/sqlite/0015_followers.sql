-- Tasks that wait for the end of another one with the same unique key, which they have from then on.
CREATE TABLE task_followers (
  leader INTEGER PRIMARY KEY,
  follower INTEGER NOT NULL,
  unique_key TEXT NOT NULL,
  -- When it is due, in Unix ms; 0 if as soon as the other one is over.
  due INTEGER NOT NULL
);
