/**
 * Load over HTTP: a client in a process of its own, and the bare server that ours is measured
 * against. The client knows only as much of HTTP as a benchmark needs.
 */
@NullMarked
package dev.millrace.bench.http;

import org.jspecify.annotations.NullMarked;
