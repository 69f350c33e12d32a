/**
 * The guarded HTTP client and downloads: everything that leaves the process goes through here.
 * Nothing that listens is here but a proxy on loopback for a program that fetches on our behalf.
 */
@NullMarked
package dev.millrace.outbound;

import org.jspecify.annotations.NullMarked;
