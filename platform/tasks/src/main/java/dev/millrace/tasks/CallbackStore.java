package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The callbacks of batches: submissions that wait in the row of a batch for their moment. */
final class CallbackStore {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackStore.class);

  private static final String FIND =
      "SELECT on_success, on_failure, on_complete FROM task_batches WHERE id = ?";

  private final Store store;
  private final Submitter submitter;
  private final TaskCommit.Effects effects;

  CallbackStore(Store store, Submitter submitter, TaskCommit.Effects effects) {
    this.store = store;
    this.submitter = submitter;
    this.effects = effects;
  }

  /** Refuses callbacks that could not be submitted. */
  void check(BatchCallbacks callbacks) {
    check("onSuccess", callbacks.onSuccess());
    check("onFailure", callbacks.onFailure());
    check("onComplete", callbacks.onComplete());
  }

  private void check(String field, @Nullable Submission callback) {
    if (callback != null) {
      try {
        var _ = submitter.draftJson(callback.type(), callback.input(), callback.options());
      } catch (TaskException refused) {
        throw refused.within(field);
      }
    }
  }

  /** A callback as the row of its batch has it. */
  @Nullable String stored(long batch, @Nullable Submission submission) {
    return submission == null
        ? null
        : effects
            .vault()
            .sealIf(
                submission.type(),
                batch,
                Vault.CALLBACK,
                Json.MAPPER.writeValueAsString(submission));
  }

  /** What was not submitted yet; nothing if there is no such batch. */
  Optional<BatchCallbacks> find(BatchId id) {
    return store.read(view ->
        view.find(
            FIND,
            row ->
                new BatchCallbacks(
                    opened(id.key(), row.getString(1)),
                    opened(id.key(), row.getString(2)),
                    opened(id.key(), row.getString(3))),
            id.key()));
  }

  /** Null if it does not open. */
  private @Nullable Submission opened(long batch, @Nullable String stored) {
    String json = effects.vault().openOrKeep(batch, Vault.CALLBACK, stored);
    return json == null || Vault.isSealed(json)
        ? null
        : Json.MAPPER.readValue(json, Submission.class);
  }

  /** Submits those whose moment has come, each once. */
  void settled(Tx tx, BatchView batch) {
    if (batch.dead() > 0) {
      submit(tx, batch, Moment.FAILURE);
    }
    if (batch.finished()) {
      submit(tx, batch, Moment.COMPLETE);
      if (batch.succeeded() == batch.total()) {
        submit(tx, batch, Moment.SUCCESS);
      }
    }
  }

  private enum Moment {
    SUCCESS("on_success"),
    FAILURE("on_failure"),
    COMPLETE("on_complete");

    final String column;

    Moment(String column) {
      this.column = column;
    }
  }

  private void submit(Tx tx, BatchView batch, Moment moment) {
    long key = batch.id().key();
    Optional<String> stored =
        tx.find(FIND, row -> Optional.ofNullable(row.getString(moment.column)), key)
            .flatMap(text -> text);
    if (stored.isEmpty()) {
      return;
    }
    Submission submission = opened(key, stored.get());
    if (submission == null) {
      LOG.error(
          "batch {} cannot submit its {}: {}",
          batch.id(),
          moment.column,
          effects.vault().shown(key, Vault.CALLBACK, stored.get()));
      return;
    }
    tx.update("UPDATE task_batches SET " + moment.column + " = NULL WHERE id = ?", key);
    SubmitOptions options = submission.options();
    if (options.key() == null) {
      options = options.withKey(batch.id().toString());
    }
    try {
      submitter.place(tx, submitter.draftJson(submission.type(), submission.input(), options), 0);
    } catch (TaskException refused) {
      LOG.error("batch {} cannot submit its {}", batch.id(), moment.column, refused);
    }
  }
}
