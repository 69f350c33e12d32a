package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people set for types, in the database and in the registered types. Thread-safe. */
final class TypeStore implements TypeRules {
  private static final String LOAD = "SELECT type, settings FROM task_type_settings";
  private static final String SET =
      "INSERT INTO task_type_settings (type, settings) VALUES (?, ?)"
          + " ON CONFLICT (type) DO UPDATE SET settings = excluded.settings";
  private static final String RESET = "DELETE FROM task_type_settings WHERE type = ?";

  private final Store store;
  private final TypeRegistry types;
  private final Runnable requireStarted;

  /** As it is in the database: durations as texts, so that the format is ours. */
  private record Stored(
      @Nullable String timeLimit, @Nullable Integer attempts, @Nullable String retryDelay) {
    static Stored of(TypeSettings settings) {
      return new Stored(
          Objects.toString(settings.timeLimit(), null),
          settings.attempts(),
          Objects.toString(settings.retryDelay(), null));
    }

    TypeSettings settings() {
      return new TypeSettings(
          timeLimit == null ? null : Duration.parse(timeLimit),
          attempts,
          retryDelay == null ? null : Duration.parse(retryDelay));
    }
  }

  TypeStore(Store store, TypeRegistry types, Runnable requireStarted) {
    this.store = store;
    this.types = types;
    this.requireStarted = requireStarted;
  }

  void load(Snapshot view) {
    view.forEach(
        LOAD,
        row ->
            types.settings(
                row.getString(1),
                Json.MAPPER.readValue(row.getString(2), Stored.class).settings()));
  }

  @Override
  public List<TypeView> list() {
    return types.names().stream().map(types::require).map(TypeStore::view).toList();
  }

  @Override
  public Optional<TypeView> find(String type) {
    return types.names().contains(type) ? Optional.of(view(types.require(type))) : Optional.empty();
  }

  private static TypeView view(KnownType<?, ?> known) {
    TaskType<?, ?> type = known.type;
    RetryPolicy retry = known.retry();
    return new TypeView(
        type.name(),
        type.kind(),
        type.queue(),
        type.priority(),
        known.timeLimit(),
        retry.attempts(),
        retry.firstDelay(),
        retry.cases(),
        type.expiry(),
        known.chunked == null ? null : known.chunked.chunking(),
        known.settings());
  }

  @Override
  public Position set(String type, TypeSettings settings) {
    requireStarted.run();
    types.require(type);
    if (settings.isNone()) {
      return reset(type);
    }
    String json = Json.MAPPER.writeValueAsString(Stored.of(settings));
    return store.write(tx -> {
      tx.update(SET, type, json);
      tx.afterCommit(() -> types.settings(type, settings));
    });
  }

  @Override
  public Position reset(String type) {
    requireStarted.run();
    types.require(type);
    return store.write(tx -> {
      tx.update(RESET, type);
      tx.afterCommit(() -> types.settings(type, TypeSettings.NONE));
    });
  }
}
