package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointCheck;
import dev.millrace.http.Json;
import dev.millrace.server.events.EventEndpoints;
import dev.millrace.server.store.StoreEndpoints;
import dev.millrace.server.tasks.QueueEndpoints;
import dev.millrace.server.tasks.TaskEndpoints;
import dev.millrace.server.tasks.TaskStreams;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  @TempDir Path folder;

  @Test
  void everyExampleFitsItsOwnSchema() {
    Path file = StoreFile.in(folder);
    try (Store store = Store.open(StoreConfig.defaults(file));
        Journal journal = Journal.open(store);
        Tasks tasks = Tasks.on(store, folder).build()) {
      List<Endpoint> endpoints = new ArrayList<>();
      endpoints.addAll(new TaskEndpoints(tasks).all());
      endpoints.addAll(new TaskStreams(tasks).all());
      endpoints.addAll(new QueueEndpoints(tasks).all());
      endpoints.addAll(new EventEndpoints(journal, store).all());
      endpoints.addAll(new StoreEndpoints(store, file).all());
      assertThat(EndpointCheck.complaints(endpoints, Json.mapper())).isEmpty();
    }
  }
}
