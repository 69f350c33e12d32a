/**
 * The guarded HTTP client and downloads: everything that leaves the process goes through here.
 * Nothing that listens is here.
 */
@NullMarked
package dev.millrace.outbound;

import org.jspecify.annotations.NullMarked;
