package dev.millrace.server.store;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.server.health.FindingItem;
import dev.millrace.server.store.StoreFigures.ReadersItem;
import dev.millrace.server.store.StoreFigures.WriterItem;
import dev.millrace.store.BackupReport;
import dev.millrace.store.Health;
import dev.millrace.store.SlowStatement;
import dev.millrace.store.StatementSummary;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/store}: how it stands, its statements, backups. */
public final class StoreEndpoints {
  private static final String STORE = "/api/v1/store";
  private static final double NANOS_PER_MS = 1e6;

  /** Statements that a live page is told of. */
  private static final int PUSHED = 100;

  static final ProblemType BACKUP_REFUSED =
      new ProblemType(
          "backup-refused",
          422,
          "The backup cannot be written there",
          "Name a new file in a folder that exists and that the server may write to.");

  private final Store store;
  private final Path file;
  private final MeterRegistry meters;

  /**
   * @param file the database's file, whose size is shown
   * @param meters where the store registers its figures
   */
  public StoreEndpoints(Store store, Path file, MeterRegistry meters) {
    this.store = store;
    this.file = file;
    this.meters = meters;
  }

  /** How the store stands. */
  public record StoreItem(
      @Doc("The newest commit.") String position,
      @Doc("The database's file.") String file,
      @Doc("Its size in bytes.") long bytes,
      @Doc("The size of its write-ahead log in bytes.") long walBytes,
      @Doc("ok, degraded or failed.") Health.State health,
      @Doc("What is wrong and what to do.") List<FindingItem> findings,
      WriterItem writer,
      ReadersItem readers) {}

  /** Which statements. */
  public record StatementQuery(
      @Doc("top: by total time; slow: single slow runs, newest first.") @Default("top") Order order,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 500) int limit) {}

  /** The two lists of statements. */
  public enum Order {
    TOP,
    SLOW
  }

  /** A kind of statement, or one slow run of it. */
  public record StatementItem(
      @Doc("The text without its values.") String fingerprint,
      @Doc("Runs since the start; 1 for a slow one.") long count,
      @Doc("Runs that failed.") long failures,
      @Doc("Time in the database, in milliseconds.") double totalMs,
      @Doc("Time of a run on average, in milliseconds.") double averageMs,
      @Doc("The longest run, in milliseconds.") double longestMs,
      @Doc("Rows read or changed.") long rows,
      @Doc("When it ran last.") Instant lastSeen,
      @Doc("Of a slow one: kinds and lengths of its values.") @Nullable List<String> arguments,
      @Doc("Of a slow one: where in the program it came from.") @Nullable String caller,
      @Doc("Of a slow one: the trace it belongs to.") @Nullable String traceparent,
      @Doc("Of a slow one: how the database runs it.") @Nullable List<String> plan) {
    static StatementItem of(StatementSummary summary) {
      double total = summary.total().toNanos() / NANOS_PER_MS;
      return new StatementItem(
          summary.fingerprint(),
          summary.count(),
          summary.failures(),
          total,
          summary.count() == 0 ? 0 : total / summary.count(),
          summary.longest().toNanos() / NANOS_PER_MS,
          summary.rows(),
          summary.lastSeen(),
          null,
          null,
          null,
          null);
    }

    static StatementItem of(SlowStatement slow) {
      double took = slow.took().toNanos() / NANOS_PER_MS;
      return new StatementItem(
          slow.fingerprint(),
          1,
          0,
          took,
          took,
          took,
          slow.rows(),
          slow.at(),
          slow.arguments(),
          slow.caller(),
          slow.traceparent(),
          slow.plan());
    }
  }

  /** Where to write a backup. */
  public record BackupTo(
      @Doc("A new file on the server's machine; relative to the folder the server runs in.")
          @Size(min = 1, max = 4096)
          String file) {}

  /** A backup that was written and verified. */
  public record BackupItem(
      String file,
      long bytes,
      @Doc("What it includes.") String position,
      @Doc("Rows of each table.") Map<String, Long> rows,
      @Doc("How long it took, in milliseconds.") long tookMs) {
    static BackupItem of(BackupReport report) {
      return new BackupItem(
          report.file().toString(),
          report.bytes(),
          report.position().toString(),
          report.rows(),
          report.took().toMillis());
    }
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(read(), statements(), backup());
  }

  private Endpoint read() {
    return Endpoint.get(STORE)
        .id("readStore")
        .summary("How the store stands")
        .tags("store")
        .answers(
            200,
            StoreItem.class,
            new StoreItem(
                "8f14e45fceea167a-1042",
                "/srv/millrace/millrace.db",
                12_582_912,
                4_194_304,
                Health.State.OK,
                List.of(),
                new WriterItem(0, 1042, 3.4, 1.2, 18.5, 0),
                new ReadersItem(1, 0)))
        .handle(_ -> Reply.ok(now()));
  }

  /** How the store stands now. */
  public Object now() {
    Health health = store.health();
    return new StoreItem(
        store.position().toString(),
        file.toString(),
        file.toFile().length(),
        file.resolveSibling(file.getFileName() + "-wal").toFile().length(),
        health.state(),
        health.findings().stream().map(FindingItem::of).toList(),
        WriterItem.of(meters),
        ReadersItem.of(meters));
  }

  /** The statements that took most time, as a page. */
  public Object top() {
    return page(Order.TOP, PUSHED);
  }

  /** The slow statements, as a page. */
  public Object slow() {
    return page(Order.SLOW, PUSHED);
  }

  private Page<StatementItem> page(Order order, int limit) {
    List<StatementItem> items =
        switch (order) {
          case TOP -> store.statements().top(limit).stream().map(StatementItem::of).toList();
          case SLOW ->
              store.statements().slow().stream().limit(limit).map(StatementItem::of).toList();
        };
    return new Page<>(items, null);
  }

  private Endpoint statements() {
    return Endpoint.get(STORE + "/statements")
        .id("listStatements")
        .summary("List statements by total time, or slow ones with their plan")
        .tags("store")
        .query(StatementQuery.class)
        .answersPage(
            StatementItem.class,
            new StatementItem(
                "SELECT id FROM tasks WHERE queue = ?",
                420,
                0,
                12.6,
                0.03,
                1.2,
                420,
                Instant.parse("2026-11-20T08:00:00Z"),
                null,
                null,
                null,
                null))
        .handle(request -> Reply.ok(page(request.query().order(), request.query().limit())));
  }

  private Endpoint backup() {
    return Endpoint.post(STORE + "/backup")
        .id("backUpStore")
        .summary("Write a verified copy of the database, while work goes on")
        .description("Answers when the copy is whole, verified and on the disk.")
        .tags("store")
        .role(Role.ADMIN)
        .body(BackupTo.class, new BackupTo("/srv/backup/millrace-2026-11-20.db"))
        .answers(
            201,
            BackupItem.class,
            new BackupItem(
                "/srv/backup/millrace-2026-11-20.db",
                12_582_912,
                "8f14e45fceea167a-1042",
                Map.of("tasks", 12L),
                420))
        .problems(BACKUP_REFUSED)
        .handle(request -> {
          try {
            Path target = Path.of(request.body().file()).toAbsolutePath().normalize();
            return Reply.json(201, BackupItem.of(store.backup(target)));
          } catch (InvalidPathException wrong) {
            throw BACKUP_REFUSED.because(String.valueOf(wrong.getMessage()));
          } catch (StoreException refused) {
            throw BACKUP_REFUSED.because(String.valueOf(refused.getMessage()));
          }
        });
  }
}
