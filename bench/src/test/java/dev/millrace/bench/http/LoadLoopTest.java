package dev.millrace.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadLoopTest {
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Duration stall = Duration.ZERO;
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          if (requests.incrementAndGet() == 20 && stall.isPositive()) {
            try {
              Thread.sleep(stall);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsWhatAFixedRateAsksFor() throws Exception {
    Load.Outcome outcome = run(4, 200);
    assertThat(outcome.requests()).isBetween(99L, 101L);
    assertThat(outcome.errors()).isZero();
  }

  @Test
  void chargesAStallToEveryRequestThatWasDueMeanwhile() throws Exception {
    stall = Duration.ofMillis(300);
    // One connection, so the 60 requests due during the stall wait behind it.
    Load.Outcome outcome = run(1, 200);
    assertThat(outcome.requests()).isBetween(99L, 101L);
    assertThat(outcome.p50()).isGreaterThan(10);
    assertThat(outcome.max()).isGreaterThan(250);
  }

  @Test
  void countsAnswersOtherThanSuccessAsErrors() throws Exception {
    status = 503;
    Load.Outcome outcome = run(2, 0);
    assertThat(outcome.requests()).isPositive();
    assertThat(outcome.errors()).isEqualTo(outcome.requests());
    assertThat(outcome.firstError()).contains("503");
  }

  private Load.Outcome run(int connections, int rate) throws Exception {
    Load load =
        new Load(
            server.getAddress().getPort(),
            "/",
            "{}",
            connections,
            rate,
            Duration.ZERO,
            Duration.ofMillis(500));
    try (LoadLoop loop = new LoadLoop(load)) {
      return loop.run();
    }
  }
}
