/** What recipes can say can be extended: the contracts for that. */
@NullMarked
package dev.millrace.apps.draft.spi;

import org.jspecify.annotations.NullMarked;
