/** Workflows, batches and signals over HTTP: what they look like on the wire, and the endpoints. */
@NullMarked
package dev.millrace.server.workflows;

import org.jspecify.annotations.NullMarked;
