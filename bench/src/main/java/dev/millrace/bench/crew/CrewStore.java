package dev.millrace.bench.crew;

import dev.millrace.apps.crew.CrewApp;
import dev.millrace.apps.crew.decisions.Decisions;
import dev.millrace.apps.crew.decisions.Recorder;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;

/** The record of decisions in this process, with the index that follows it. */
final class CrewStore implements AutoCloseable {
  static final String FILE = "crew.db";

  private final Store store;
  private final Journal journal;
  private final Decisions decisions;
  final Recorder recorder;

  CrewStore(Path folder) {
    store = Store.open(StoreConfig.defaults(folder.resolve(FILE)));
    journal = Journal.open(store);
    store.migrate(CrewApp.MIGRATIONS);
    recorder = new Recorder(store, journal, InstantSource.system());
    decisions = new Decisions(store, journal, recorder, InstantSource.system());
  }

  @Override
  public void close() {
    decisions.close();
    journal.close();
    store.close();
  }
}
