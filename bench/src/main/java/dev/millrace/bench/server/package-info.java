/** Figures of the whole server, started as its user starts it. */
@NullMarked
package dev.millrace.bench.server;

import org.jspecify.annotations.NullMarked;
