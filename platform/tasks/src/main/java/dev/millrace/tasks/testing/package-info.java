/**
 * Tasks in tests of those who write handlers, schedules and workflows: on a real store in a
 * temporary folder, run by the test, with time that the test moves. Needs no test library.
 */
@NullMarked
package dev.millrace.tasks.testing;

import org.jspecify.annotations.NullMarked;
