package dev.millrace.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options on their way from one {@link SubmitOptions} to the next. */
final class SubmitOptionsChange {
  private @Nullable String queue;
  private @Nullable Integer priority;
  private @Nullable Duration delay;
  private @Nullable Instant runAt;
  private @Nullable String uniqueKey;
  private List<String> tags;
  private @Nullable String tenant;
  private @Nullable String key;
  private @Nullable String traceparent;
  private List<TaskId> after;
  private @Nullable Duration expiry;
  private @Nullable Duration uniqueFor;
  private @Nullable Integer cost;
  private AfterOutcome afterOutcome;
  private @Nullable OnDuplicate onDuplicate;
  private @Nullable String chain;

  SubmitOptionsChange(SubmitOptions from) {
    queue = from.queue();
    priority = from.priority();
    delay = from.delay();
    runAt = from.runAt();
    uniqueKey = from.uniqueKey();
    tags = from.tags();
    tenant = from.tenant();
    key = from.key();
    traceparent = from.traceparent();
    after = from.after();
    expiry = from.expiry();
    uniqueFor = from.uniqueFor();
    cost = from.cost();
    afterOutcome = from.afterOutcome();
    onDuplicate = from.onDuplicate();
    chain = from.chain();
  }

  SubmitOptionsChange queue(String value) {
    queue = value;
    return this;
  }

  SubmitOptionsChange priority(Integer value) {
    priority = value;
    return this;
  }

  SubmitOptionsChange delay(Duration value) {
    delay = value;
    return this;
  }

  SubmitOptionsChange runAt(Instant value) {
    runAt = value;
    return this;
  }

  SubmitOptionsChange uniqueKey(String value) {
    uniqueKey = value;
    return this;
  }

  SubmitOptionsChange tags(List<String> value) {
    tags = value;
    return this;
  }

  SubmitOptionsChange tenant(String value) {
    tenant = value;
    return this;
  }

  SubmitOptionsChange key(String value) {
    key = value;
    return this;
  }

  SubmitOptionsChange traceparent(String value) {
    traceparent = value;
    return this;
  }

  SubmitOptionsChange after(List<TaskId> value) {
    after = value;
    return this;
  }

  SubmitOptionsChange expiry(Duration value) {
    expiry = value;
    return this;
  }

  SubmitOptionsChange uniqueFor(Duration value) {
    uniqueFor = value;
    return this;
  }

  SubmitOptionsChange cost(int value) {
    cost = value;
    return this;
  }

  SubmitOptionsChange afterOutcome(AfterOutcome value) {
    afterOutcome = value;
    return this;
  }

  SubmitOptionsChange onDuplicate(OnDuplicate value) {
    onDuplicate = value;
    return this;
  }

  SubmitOptionsChange chain(String value) {
    chain = value;
    return this;
  }

  SubmitOptions options() {
    return new SubmitOptions(
        queue,
        priority,
        delay,
        runAt,
        uniqueKey,
        tags,
        tenant,
        key,
        traceparent,
        after,
        expiry,
        uniqueFor,
        cost,
        afterOutcome,
        onDuplicate,
        chain);
  }
}
