/**
 * Workflows as data: definitions, how they are checked, what a run has come to and what it does
 * next. Nothing here runs anything or knows the database; the tasks part does.
 */
@NullMarked
package dev.millrace.tasks.workflow;

import org.jspecify.annotations.NullMarked;
