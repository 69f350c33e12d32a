/**
 * What a record says about its JSON: one description that reads and checks bodies and queries, and
 * writes the JSON Schema of the API document. Knows nothing of HTTP.
 */
@NullMarked
package dev.millrace.http.schema;

import org.jspecify.annotations.NullMarked;
