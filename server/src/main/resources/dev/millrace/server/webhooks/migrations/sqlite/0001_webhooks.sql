-- Who is told over HTTP when tasks change. Lists are JSON.
CREATE TABLE webhooks (
  name TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  states TEXT NOT NULL,
  types TEXT NOT NULL,
  tags TEXT NOT NULL,
  secret TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  disabled_because TEXT,
  failing_since INTEGER,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Messages and what became of them; a message is delivered to a web hook once.
CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY,
  webhook TEXT NOT NULL,
  message TEXT NOT NULL,
  event TEXT NOT NULL,
  about TEXT NOT NULL,
  task TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'PENDING',
  attempts INTEGER NOT NULL DEFAULT 0,
  status INTEGER,
  error TEXT,
  took_ms INTEGER,
  created_at INTEGER NOT NULL,
  last_at INTEGER
);
CREATE UNIQUE INDEX webhook_deliveries_message ON webhook_deliveries (webhook, message);
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook, id);
CREATE INDEX webhook_deliveries_created ON webhook_deliveries (created_at);
