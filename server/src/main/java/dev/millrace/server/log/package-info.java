/** Where log lines go and what they look like. */
@NullMarked
package dev.millrace.server.log;

import org.jspecify.annotations.NullMarked;
