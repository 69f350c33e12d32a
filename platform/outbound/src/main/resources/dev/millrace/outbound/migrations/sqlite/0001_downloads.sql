-- Files of the download cache, by the digest of their content. modified_ms tells a changed file.
CREATE TABLE millrace_outbound_contents (
  sha256 TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  used_ms INTEGER NOT NULL
);

CREATE INDEX millrace_outbound_contents_used ON millrace_outbound_contents (used_ms);

-- What a URL answered last. The key is a digest of the URL, which may hold secrets; shown does not.
CREATE TABLE millrace_outbound_urls (
  url_key TEXT PRIMARY KEY,
  shown TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  content_type TEXT,
  checked_ms INTEGER NOT NULL
);

CREATE INDEX millrace_outbound_urls_sha256 ON millrace_outbound_urls (sha256);
