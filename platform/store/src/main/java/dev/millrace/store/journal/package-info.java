/**
 * The history of commits: typed events, changes of followed tables, and the followers that come
 * after. What the events mean is not known here.
 */
@NullMarked
package dev.millrace.store.journal;

import org.jspecify.annotations.NullMarked;
