/**
 * Plans for many agents out of one request, and the record of decisions. What runs a plan is in the
 * platform, not here.
 */
@NullMarked
package dev.millrace.apps.crew;

import org.jspecify.annotations.NullMarked;
