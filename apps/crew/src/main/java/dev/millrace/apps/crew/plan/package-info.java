/**
 * Lays the work of a request out in stages, tasks, sync points and gates. A plan keeps no state and
 * runs nothing: it says what a workflow of the platform is to be.
 */
@NullMarked
package dev.millrace.apps.crew.plan;

import org.jspecify.annotations.NullMarked;
