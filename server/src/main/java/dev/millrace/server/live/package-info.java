/** What the console's first page shows, pushed once a second. */
@NullMarked
package dev.millrace.server.live;

import org.jspecify.annotations.NullMarked;
