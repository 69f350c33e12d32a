/**
 * Writers of small but valid media files, so that tests need no program and no stored samples. No
 * readers: those are what the tests test.
 */
@NullMarked
package dev.millrace.testkit.media;

import org.jspecify.annotations.NullMarked;
