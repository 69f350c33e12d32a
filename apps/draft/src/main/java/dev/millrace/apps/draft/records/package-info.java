/** The tables of drafts: all SQL of the application is here, and nothing but SQL. */
@NullMarked
package dev.millrace.apps.draft.records;

import org.jspecify.annotations.NullMarked;
