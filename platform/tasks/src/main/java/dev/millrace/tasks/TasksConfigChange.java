package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings on their way from one {@link TasksConfig} to the next. */
final class TasksConfigChange {
  private int concurrency;
  private int windowTasks;
  private long windowBytes;
  private Duration ageing;
  private Duration stopGrace;
  private Duration retention;
  private long historyTasks;
  private Duration trialTime;
  private boolean events;
  private AdaptiveConfig adaptive;
  private Map<String, Retention> retentions;
  private List<String> redacted;

  TasksConfigChange(TasksConfig from) {
    concurrency = from.concurrency();
    windowTasks = from.windowTasks();
    windowBytes = from.windowBytes();
    ageing = from.ageing();
    stopGrace = from.stopGrace();
    retention = from.retention();
    historyTasks = from.historyTasks();
    trialTime = from.trialTime();
    events = from.events();
    adaptive = from.adaptive();
    retentions = from.retentions();
    redacted = from.redacted();
  }

  TasksConfigChange concurrency(int value) {
    concurrency = value;
    return this;
  }

  TasksConfigChange windowTasks(int value) {
    windowTasks = value;
    return this;
  }

  TasksConfigChange windowBytes(long value) {
    windowBytes = value;
    return this;
  }

  TasksConfigChange ageing(Duration value) {
    ageing = value;
    return this;
  }

  TasksConfigChange stopGrace(Duration value) {
    stopGrace = value;
    return this;
  }

  TasksConfigChange retention(Duration value) {
    retention = value;
    return this;
  }

  TasksConfigChange historyTasks(long value) {
    historyTasks = value;
    return this;
  }

  TasksConfigChange trialTime(Duration value) {
    trialTime = value;
    return this;
  }

  TasksConfigChange events(boolean value) {
    events = value;
    return this;
  }

  TasksConfigChange adaptive(AdaptiveConfig value) {
    adaptive = value;
    return this;
  }

  TasksConfigChange retentions(Map<String, Retention> value) {
    retentions = value;
    return this;
  }

  TasksConfigChange redacted(List<String> value) {
    redacted = value;
    return this;
  }

  TasksConfig config() {
    return new TasksConfig(
        concurrency,
        windowTasks,
        windowBytes,
        ageing,
        stopGrace,
        retention,
        historyTasks,
        trialTime,
        events,
        adaptive,
        retentions,
        redacted);
  }
}
