/** Plans and decisions under load. */
@NullMarked
package dev.millrace.bench.crew;

import org.jspecify.annotations.NullMarked;
