package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Book;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books of runs between memory and database. A book holds what its tasks were given and answered,
 * so it is encrypted wherever there are keys. Thread-safe.
 */
final class Books {
  private static final Logger LOG = LoggerFactory.getLogger(Books.class);

  private final Vault vault;

  Books(Vault vault) {
    this.vault = vault;
  }

  String write(long run, Book book) {
    return sealed(run, Json.MAPPER.writeValueAsString(book));
  }

  /** A book that is JSON already, as it is stored. */
  String sealed(long run, String json) {
    return vault.sealIf(Workflows.TYPE, run, Vault.BOOK, json);
  }

  /**
   * The book of a run.
   *
   * @throws SealedException if it does not open
   */
  Book read(WorkflowRow row) {
    return Json.MAPPER.readValue(vault.open(row.id(), Vault.BOOK, row.book()), Book.class);
  }

  /** The book of a run that somebody asks for. */
  Book require(WorkflowRow row) {
    try {
      return read(row);
    } catch (SealedException closed) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "id",
          "run " + new TaskId(row.id()) + " cannot be read: " + closed.getMessage(),
          "Configure the key.");
    }
  }

  /** The book of a run, nothing if it does not open. */
  Optional<Book> find(WorkflowRow row) {
    try {
      return Optional.of(read(row));
    } catch (SealedException closed) {
      LOG.warn("run {} cannot be read: {}", new TaskId(row.id()), closed.getMessage());
      return Optional.empty();
    }
  }
}
