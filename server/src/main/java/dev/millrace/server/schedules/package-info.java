/** The endpoints of schedules. What schedules do stands in {@code dev.millrace.tasks}. */
@NullMarked
package dev.millrace.server.schedules;

import org.jspecify.annotations.NullMarked;
