/** An application that the benchmarks put into a server, as anybody puts theirs. */
@NullMarked
package dev.millrace.bench.app;

import org.jspecify.annotations.NullMarked;
