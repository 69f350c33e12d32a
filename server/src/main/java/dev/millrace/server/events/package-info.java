/** The endpoints of the journal. What it is stands in {@code dev.millrace.store.journal}. */
@NullMarked
package dev.millrace.server.events;

import org.jspecify.annotations.NullMarked;
