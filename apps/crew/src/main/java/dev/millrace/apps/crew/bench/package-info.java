/** How fast plans are made on this machine, measured as a task. */
@NullMarked
package dev.millrace.apps.crew.bench;

import org.jspecify.annotations.NullMarked;
