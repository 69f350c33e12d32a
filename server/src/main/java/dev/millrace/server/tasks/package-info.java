/** The endpoints of tasks and queues. What tasks do stands in {@code dev.millrace.tasks}. */
@NullMarked
package dev.millrace.server.tasks;

import org.jspecify.annotations.NullMarked;
