package dev.millrace.outbound;

import dev.millrace.store.Migrations;
import dev.millrace.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The index in the store, so that the cache outlives the process. Thread-safe. */
final class StoreIndex implements DownloadIndex {
  private static final Migrations MIGRATIONS =
      Migrations.of("outbound", StoreIndex.class, "0001_downloads");

  private static final String URL =
      """
      SELECT url_key, shown, sha256, etag, last_modified, content_type, checked_ms
      FROM millrace_outbound_urls WHERE url_key = ?\
      """;
  private static final String PUT_URL =
      """
      INSERT INTO millrace_outbound_urls
        (url_key, shown, sha256, etag, last_modified, content_type, checked_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (url_key) DO UPDATE SET
        shown = excluded.shown, sha256 = excluded.sha256, etag = excluded.etag,
        last_modified = excluded.last_modified, content_type = excluded.content_type,
        checked_ms = excluded.checked_ms\
      """;
  private static final String CONTENT =
      """
      SELECT sha256, bytes, modified_ms, used_ms
      FROM millrace_outbound_contents WHERE sha256 = ?\
      """;
  private static final String LEAST_USED =
      """
      SELECT sha256, bytes, modified_ms, used_ms
      FROM millrace_outbound_contents ORDER BY used_ms LIMIT ?\
      """;
  private static final String PUT_CONTENT =
      """
      INSERT INTO millrace_outbound_contents (sha256, bytes, modified_ms, used_ms)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (sha256) DO UPDATE SET
        bytes = excluded.bytes, modified_ms = excluded.modified_ms, used_ms = excluded.used_ms\
      """;
  private static final String USED =
      "UPDATE millrace_outbound_contents SET used_ms = ? WHERE sha256 = ?";
  private static final String REMOVE_URLS = "DELETE FROM millrace_outbound_urls WHERE sha256 = ?";
  private static final String REMOVE_CONTENT =
      "DELETE FROM millrace_outbound_contents WHERE sha256 = ?";
  private static final String BYTES =
      "SELECT COALESCE(SUM(bytes), 0) FROM millrace_outbound_contents";
  private static final String BYTES_OF =
      "SELECT COALESCE(SUM(bytes), 0) FROM millrace_outbound_contents WHERE sha256 = ?";

  private final Store store;

  /** The sum, kept here because the cache asks for it after every download. */
  private final AtomicLong bytes;

  StoreIndex(Store store) {
    this.store = store;
    store.migrate(MIGRATIONS);
    bytes = new AtomicLong(store.read(snapshot -> snapshot.number(BYTES)));
  }

  @Override
  public Optional<CachedUrl> url(String key) {
    return store.read(snapshot -> snapshot.find(URL, StoreIndex::toUrl, key));
  }

  @Override
  public Optional<CachedContent> content(String sha256) {
    return store.read(snapshot -> snapshot.find(CONTENT, StoreIndex::toContent, sha256));
  }

  @Override
  public void putContent(CachedContent content) {
    long before =
        store
            .compute(tx -> {
              long old = tx.number(BYTES_OF, content.sha256());
              tx.update(
                  PUT_CONTENT,
                  content.sha256(),
                  content.bytes(),
                  content.modifiedMillis(),
                  content.usedAt().toEpochMilli());
              return old;
            })
            .value();
    bytes.addAndGet(content.bytes() - before);
  }

  @Override
  public void putUrl(CachedUrl url) {
    store.write(tx ->
        tx.update(
            PUT_URL,
            url.key(),
            url.shown(),
            url.sha256(),
            url.etag(),
            url.lastModified(),
            url.contentType(),
            url.checkedAt().toEpochMilli()));
  }

  @Override
  public void used(String sha256, Instant at) {
    store.write(tx -> tx.update(USED, at.toEpochMilli(), sha256));
  }

  @Override
  public void remove(String sha256) {
    long removed =
        store
            .compute(tx -> {
              long old = tx.number(BYTES_OF, sha256);
              tx.update(REMOVE_URLS, sha256);
              tx.update(REMOVE_CONTENT, sha256);
              return old;
            })
            .value();
    bytes.addAndGet(-removed);
  }

  @Override
  public List<CachedContent> leastUsed(int limit) {
    return store.read(snapshot -> snapshot.query(LEAST_USED, StoreIndex::toContent, limit));
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  private static CachedUrl toUrl(ResultSet row) throws SQLException {
    return new CachedUrl(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  private static CachedContent toContent(ResultSet row) throws SQLException {
    return new CachedContent(
        row.getString(1), row.getLong(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4)));
  }
}
