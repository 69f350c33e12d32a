/**
 * Finds applications and checks what they bring. The contract stands in {@code dev.millrace.app}.
 */
@NullMarked
package dev.millrace.server.apps;

import org.jspecify.annotations.NullMarked;
