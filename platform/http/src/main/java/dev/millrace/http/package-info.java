/** Endpoints as data, and the one place that uses Jetty. No endpoint of a part is here. */
@NullMarked
package dev.millrace.http;

import org.jspecify.annotations.NullMarked;
