/**
 * The file that remembers which tasks were running when the process died. No database and no
 * decisions about those tasks are here.
 */
@NullMarked
package dev.millrace.tasks.ledger;

import org.jspecify.annotations.NullMarked;
