package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointCheck;
import dev.millrace.http.Json;
import dev.millrace.server.config.ConfigEndpoint;
import dev.millrace.server.config.Configuration;
import dev.millrace.server.events.EventEndpoints;
import dev.millrace.server.limits.LimitEndpoints;
import dev.millrace.server.limits.TenantEndpoints;
import dev.millrace.server.live.LiveEndpoint;
import dev.millrace.server.live.Sampler;
import dev.millrace.server.schedules.ScheduleEndpoints;
import dev.millrace.server.store.StoreEndpoints;
import dev.millrace.server.tasks.AdaptiveEndpoint;
import dev.millrace.server.tasks.BatchEndpoints;
import dev.millrace.server.tasks.ErrorEndpoints;
import dev.millrace.server.tasks.PoolEndpoints;
import dev.millrace.server.tasks.QueueEndpoints;
import dev.millrace.server.tasks.QuietEndpoints;
import dev.millrace.server.tasks.TaskEndpoints;
import dev.millrace.server.tasks.TaskStreams;
import dev.millrace.server.webhooks.WebhookEndpoints;
import dev.millrace.server.webhooks.WebhookSettings;
import dev.millrace.server.webhooks.Webhooks;
import dev.millrace.server.workflows.WorkflowEndpoints;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.Tasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      tasks.start(); // What is sampled below asks for the queues.
      List<Endpoint> endpoints = new ArrayList<>();
      endpoints.addAll(new TaskEndpoints(tasks).all());
      endpoints.addAll(new TaskStreams(tasks).all());
      endpoints.addAll(new QueueEndpoints(tasks).all());
      endpoints.add(new AdaptiveEndpoint(tasks).endpoint());
      endpoints.addAll(new BatchEndpoints(tasks).all());
      endpoints.addAll(new ErrorEndpoints(tasks).all());
      endpoints.addAll(new ScheduleEndpoints(tasks.schedules()).all());
      endpoints.addAll(new WorkflowEndpoints(tasks).all());
      var settings =
          new WebhookSettings(
              false, List.of(), Duration.ofSeconds(1), 1, Duration.ofDays(1), Duration.ofDays(1));
      try (Webhooks webhooks =
          new Webhooks(store, journal, tasks, settings, folder, InstantSource.system())) {
        endpoints.addAll(new WebhookEndpoints(webhooks).all());
      }
      endpoints.addAll(new QuietEndpoints(tasks).all());
      endpoints.addAll(new PoolEndpoints(tasks).all());
      endpoints.addAll(new LimitEndpoints(tasks.limits()).all());
      endpoints.addAll(new TenantEndpoints(tasks.tenants()).all());
      endpoints.addAll(new EventEndpoints(journal, store).all());
      endpoints.addAll(new StoreEndpoints(store, file, new SimpleMeterRegistry()).all());
      endpoints.add(
          ConfigEndpoint.of(
              Configuration.load(ServerSchema.of(folder), folder, Map.of(), List.of())));
      try (Sampler sampler =
          new Sampler(tasks, store, file, InstantSource.system(), System::nanoTime, () -> 0)) {
        endpoints.add(LiveEndpoint.of(sampler, Map.of()));
      }
      assertThat(EndpointCheck.complaints(endpoints, Json.mapper())).isEmpty();
    }
  }
}
