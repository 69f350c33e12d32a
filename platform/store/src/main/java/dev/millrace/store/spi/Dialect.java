package dev.millrace.store.spi;

import dev.millrace.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * How one kind of database says what others say differently. The list of differences is in {@code
 * docs/dialects.md}. Stateless and thread-safe.
 */
public interface Dialect {
  /** The name of the folder of its migrations, such as {@code sqlite}. */
  String name();

  /** Why a statement failed. */
  StoreException.Reason reason(SQLException failure);

  /**
   * A statement that deletes a limited number of the rows that fulfil a condition; the limit is its
   * last parameter.
   *
   * @param key what {@link #rowKey} found
   */
  String deletePiece(String table, List<String> key, String where);

  /**
   * Selects the columns by which the rows of a table, the parameter, are told apart, if they have
   * no address of their own; nothing otherwise.
   */
  String rowKey();

  /**
   * The statements that make each change of a row of {@code table} add a row to {@code
   * millrace_changes (source, body)}, by the names of what they create. The body is JSON: {@code
   * {"kind": "INSERT|UPDATE|DELETE", "key": […], "before": {…}, "after": {…}}}, and the row before
   * an update has the key columns too.
   */
  Map<String, String> changeTriggers(String table, List<String> key, List<String> columns);

  /** Selects name, table and text of all triggers that {@link #changeTriggers} made. */
  String changeTriggersPresent();
}
