package dev.millrace.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.Encryption;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.TasksConfig;
import dev.millrace.testkit.Signal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web hooks on a clock that the test sets, and their secrets in the database. */
class WebhooksTest {
  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
  private static final Duration DAYS = Duration.ofDays(5);
  private static final TaskType<Integer, Integer> NOOP =
      TaskType.io("noop", Integer.class, Integer.class, (_, number) -> number);

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final List<String> signatures = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 500;
  private HttpServer receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          signatures.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private static Encryption key(String id, int fill) {
    var key = new byte[Encryption.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return Encryption.NONE.withKey(id, key);
  }

  /** A process with web hooks, which may be opened again with other keys. */
  private final class House implements AutoCloseable {
    final Store store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    final Journal journal = Journal.open(store);
    final Tasks tasks;
    final Webhooks webhooks;

    House(Encryption encryption) {
      tasks =
          Tasks.on(store, folder)
              .journal(journal)
              .clock(now::get)
              .encryption(encryption)
              .config(TasksConfig.defaults().withStopGrace(Duration.ofMillis(100)))
              .build();
      tasks.register(NOOP);
      var settings = new WebhookSettings(true, List.of(), Duration.ofSeconds(10), 12, DAYS, DAYS);
      webhooks = new Webhooks(store, journal, tasks, settings, folder, now::get);
      tasks.start();
      webhooks.start();
    }

    Webhook add() {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
      var hook =
          new Webhook(
              "one",
              url,
              EnumSet.of(TaskState.SUCCEEDED),
              List.of(),
              List.of(),
              webhooks.sealed("one", Secret.random()),
              true,
              null,
              null,
              now.get());
      assertThat(webhooks.add(hook)).isEqualTo(Webhooks.Added.DONE);
      return hook;
    }

    Webhook hook() {
      return webhooks.find("one").orElseThrow();
    }

    /** The task that delivers, once it was tried so often. */
    TaskId tried(int times) throws Exception {
      Signal.awaitUntil("tried " + times, () -> attempts() == times);
      TaskView delivery =
          tasks.list(TaskFilter.all().withType(Webhooks.TYPE), 1, null).items().getFirst();
      return delivery.id();
    }

    private int attempts() {
      List<Delivery> log = webhooks.deliveries("one", null, Long.MAX_VALUE, 1);
      return log.isEmpty() ? 0 : log.getFirst().attempts();
    }

    void submit() {
      tasks.submit(NOOP, 1, SubmitOptions.defaults());
    }

    /** Has the delivery tried again now, and returns when it waits for the time after that. */
    void again(TaskId id, int attempt) throws Exception {
      Signal.awaitUntil(
          "attempt " + attempt,
          () -> {
            boolean waits = tasks.find(id).orElseThrow().state() == TaskState.RETRYING;
            if (attempts() >= attempt) {
              return waits;
            }
            if (waits) {
              hurry(id);
            }
            return false;
          });
    }

    void hurry(TaskId id) {
      try {
        tasks.retry(id);
      } catch (TaskException _) {
        // Its time had come meanwhile: the clock is days ahead.
      }
    }

    String stored(String column) {
      return store.<String, RuntimeException>read(view ->
          String.valueOf(
              view.find("SELECT " + column + " FROM webhooks", row -> row.getString(1))
                  .orElse(null)));
    }

    @Override
    public void close() {
      webhooks.close();
      tasks.close();
      journal.close();
      store.close();
    }
  }

  @Test
  void isDisabledWhenAllHasFailedForFiveDaysAndNotBefore() throws Exception {
    try (var house = new House(Encryption.NONE)) {
      house.add();
      house.submit();
      TaskId delivery = house.tried(1);
      assertThat(house.hook().failingSince()).isEqualTo(BEGIN);
      now.set(BEGIN.plus(DAYS));
      house.again(delivery, 2);
      assertThat(house.hook().enabled()).as("exactly five days").isTrue();
      assertThat(house.hook().failingSince()).as("counted from the first").isEqualTo(BEGIN);

      now.set(BEGIN.plus(DAYS).plusMillis(1));
      house.hurry(delivery);
      Signal.awaitUntil("disabled", () -> !house.hook().enabled());
      assertThat(house.hook().disabledBecause()).isEqualTo(Webhook.Cause.FAILING);
      Signal.awaitUntil(
          "given up", () -> house.tasks.find(delivery).orElseThrow().state() == TaskState.DEAD);
    }
  }

  @Test
  void oneThatWentWellBeginsTheDaysAnew() throws Exception {
    try (var house = new House(Encryption.NONE)) {
      house.add();
      house.submit();
      TaskId delivery = house.tried(1);
      house.again(delivery, 1);
      now.set(BEGIN.plus(DAYS));
      status = 204;
      house.hurry(delivery);
      Signal.awaitUntil("it went well", () -> house.hook().failingSince() == null);
      status = 500;
      now.set(BEGIN.plus(DAYS).plusSeconds(60));
      house.submit();
      house.tried(1);
      assertThat(house.hook().enabled()).isTrue();
      assertThat(house.hook().failingSince()).isEqualTo(now.get());
    }
  }

  @Test
  void theOldSecretSignsUntilTheOverlapIsOver() throws Exception {
    status = 204;
    try (var house = new House(key("k1", 1))) {
      house.add();
      assertThat(house.webhooks.renew("one", Secret.random(), Duration.ofHours(1)))
          .hasValueSatisfying(
              hook -> assertThat(hook.secrets().oldUntil()).isEqualTo(BEGIN.plusSeconds(3_600)));
      assertThat(house.stored("secret || ' ' || old_secret")).doesNotContain("whsec_");
      house.webhooks.test(house.hook());
      assertThat(signatures.getLast().split(" ")).hasSize(2);
      now.set(BEGIN.plusSeconds(3_600));
      house.webhooks.test(house.hook());
      assertThat(signatures.getLast().split(" ")).hasSize(1);
    }
  }

  @Test
  void secretsThatStandThereAsTheyAreAreSealedWhenThereIsAKey() throws Exception {
    status = 204;
    try (var house = new House(Encryption.NONE)) {
      house.add();
      assertThat(house.stored("secret")).startsWith("whsec_");
      assertThat(house.webhooks.encrypts(house.hook())).isFalse();
    }
    String sealed;
    try (var house = new House(key("k1", 1))) {
      sealed = house.stored("secret");
      assertThat(sealed).contains("enc1:k1:").doesNotContain("whsec_");
      assertThat(house.webhooks.encrypts(house.hook())).isTrue();
      assertThat(house.webhooks.test(house.hook()).isTaken()).isTrue();
    }
    // Without the key nothing is sent unsigned, and the receiver is not to blame.
    try (var house = new House(Encryption.NONE)) {
      assertThat(house.webhooks.test(house.hook()).error()).contains("'k1'");
      house.submit();
      Signal.awaitUntil(
          "it says why",
          () ->
              house.tasks.list(TaskFilter.all().withType(Webhooks.TYPE), 1, null).items().stream()
                  .anyMatch(task -> String.valueOf(task.error()).contains("'k1'")));
      assertThat(house.hook().failingSince()).isNull();
      assertThat(signatures).hasSize(1);
      assertThat(house.stored("secret")).isEqualTo(sealed);
    }
    var rotated = key("k1", 1).withKey("k2", new byte[Encryption.KEY_BYTES]);
    try (var house = new House(rotated)) {
      assertThat(house.stored("secret")).contains("enc1:k2:");
    }
  }
}
