/** Task types to try things with, registered by {@code up --samples}. */
@NullMarked
package dev.millrace.server.samples;

import org.jspecify.annotations.NullMarked;
