/**
 * Web hooks: who is told over HTTP when tasks change, how that is signed, and what became of it.
 * Requests leave by the guarded client of {@code outbound}.
 */
@NullMarked
package dev.millrace.server.webhooks;

import org.jspecify.annotations.NullMarked;
