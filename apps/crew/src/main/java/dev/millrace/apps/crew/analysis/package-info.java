/**
 * Reads a request in Chinese or English and says what it takes, and why. What is made of that is in
 * {@code plan}.
 */
@NullMarked
package dev.millrace.apps.crew.analysis;

import org.jspecify.annotations.NullMarked;
