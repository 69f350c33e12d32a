/**
 * Downloads that belong together: to look at, pause, go on with, give up and try again. How a file
 * comes here is not here, any engine will do.
 */
@NullMarked
package dev.millrace.outbound.groups;

import org.jspecify.annotations.NullMarked;
