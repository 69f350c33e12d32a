/**
 * How the work of a plan is done: by programs, services and people, as task types. What a plan's
 * run is made of is not here.
 */
@NullMarked
package dev.millrace.apps.crew.work;

import org.jspecify.annotations.NullMarked;
