package dev.millrace.tasks;

import java.util.List;

/**
 * What a task left behind on its way: all in order of time. Of a finished task the most recent part
 * is kept, within a limit.
 */
public record Trail(List<Attempt> attempts, List<Step> steps, List<LogLine> log) {}
