/** The command line behind {@code ./millrace}. What the commands do stands with the parts. */
@NullMarked
package dev.millrace.server.command;

import org.jspecify.annotations.NullMarked;
