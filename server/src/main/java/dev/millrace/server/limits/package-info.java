/** The endpoints of limits and tenants. What these do stands in {@code dev.millrace.tasks}. */
@NullMarked
package dev.millrace.server.limits;

import org.jspecify.annotations.NullMarked;
