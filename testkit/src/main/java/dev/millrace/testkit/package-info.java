/**
 * What tests need and products must not: seeds, clocks, signals, and servers that misbehave on
 * request. Knows none of the Millrace modules.
 */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
