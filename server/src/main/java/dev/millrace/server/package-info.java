/**
 * The one process: configuration, wiring by plain constructors and the command line. No logic of a
 * part is here.
 */
@NullMarked
package dev.millrace.server;

import org.jspecify.annotations.NullMarked;
