/**
 * Where the configuration comes from: defaults, the commented file in the data folder, environment
 * variables and {@code --set}. What the keys mean stands with the parts that have them.
 */
@NullMarked
package dev.millrace.server.config;

import org.jspecify.annotations.NullMarked;
