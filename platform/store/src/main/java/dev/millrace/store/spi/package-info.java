/** What a database has to tell the store before it can stand behind it; no third-party types. */
@NullMarked
package dev.millrace.store.spi;

import org.jspecify.annotations.NullMarked;
