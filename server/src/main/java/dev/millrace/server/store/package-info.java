/** The endpoints of the store. What it is stands in {@code dev.millrace.store}. */
@NullMarked
package dev.millrace.server.store;

import org.jspecify.annotations.NullMarked;
