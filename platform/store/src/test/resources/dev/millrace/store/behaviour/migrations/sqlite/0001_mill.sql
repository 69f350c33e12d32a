-- A comment; with a semicolon.
CREATE TABLE mill (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'a;b');
