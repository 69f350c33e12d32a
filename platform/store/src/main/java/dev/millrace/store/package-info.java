/**
 * Connections, transactions, group commit, migrations, the statement log and backups. No SQL of any
 * other part is here.
 */
@NullMarked
package dev.millrace.store;

import org.jspecify.annotations.NullMarked;
