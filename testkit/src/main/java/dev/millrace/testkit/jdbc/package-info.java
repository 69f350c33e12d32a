/** Faults between a program and its JDBC driver. Knows no driver and no Millrace module. */
@NullMarked
package dev.millrace.testkit.jdbc;

import org.jspecify.annotations.NullMarked;
