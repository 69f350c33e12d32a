/** How the process and its parts are. */
@NullMarked
package dev.millrace.server.health;

import org.jspecify.annotations.NullMarked;
