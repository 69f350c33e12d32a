/** How work went: what agents took part, how long it took, how it turned out. */
@NullMarked
package dev.millrace.apps.crew.executions;

import org.jspecify.annotations.NullMarked;
