/**
 * The record of decisions: numbered by project, never changed but in status, found by words, people
 * and time.
 */
@NullMarked
package dev.millrace.apps.crew.decisions;

import org.jspecify.annotations.NullMarked;
