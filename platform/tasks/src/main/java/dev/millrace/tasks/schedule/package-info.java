/**
 * When things are due: cron rules, intervals, single moments, over time zones. Pure computing; what
 * is started then, and how that survives a crash, is in {@code dev.millrace.tasks}.
 */
@NullMarked
package dev.millrace.tasks.schedule;

import org.jspecify.annotations.NullMarked;
