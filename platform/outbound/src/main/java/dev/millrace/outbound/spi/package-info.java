/** What brings files here can be replaced: the contract for that. Nothing that does it is here. */
@NullMarked
package dev.millrace.outbound.spi;

import org.jspecify.annotations.NullMarked;
