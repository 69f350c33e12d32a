/**
 * Endpoints as data, and the one HTTP server that routes, checks, answers and documents them. No
 * other part knows a status code, and nothing outside of this package knows Jetty.
 */
@NullMarked
package dev.millrace.http;

import org.jspecify.annotations.NullMarked;
