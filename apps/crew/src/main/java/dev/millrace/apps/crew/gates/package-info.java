/**
 * Criteria of sync points and gates, and the numbers that they are checked against: read from the
 * reports of test runs and coverage tools.
 */
@NullMarked
package dev.millrace.apps.crew.gates;

import org.jspecify.annotations.NullMarked;
