/**
 * The part of a queue that is kept in memory, so that any number of tasks can wait in the store. No
 * database and no threads are here.
 */
@NullMarked
package dev.millrace.tasks.window;

import org.jspecify.annotations.NullMarked;
