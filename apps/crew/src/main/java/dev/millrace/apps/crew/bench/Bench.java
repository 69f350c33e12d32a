package dev.millrace.apps.crew.bench;

import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.http.Json;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.tasks.FatalFailure;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The task that measures how fast plans are made, out of a built-in list of requests in two
 * languages, and keeps the newest {@value #KEPT} results. Thread-safe.
 */
public final class Bench {
  /** The queue; one at a time, so that they do not measure each other. */
  public static final String QUEUE = "crew-bench";

  private static final int KEPT = 100;
  private static final int WARM_UP = 200;

  /** Chinese and English by turns: short and long, simple and complex, of all domains. */
  static final List<String> REQUESTS =
      List.of(
          "实现用户登录功能，包括JWT认证、密码加密、会话管理",
          "Implement a REST API for payments with OAuth, audit logs and rate limits",
          "快速修复登录页面的样式问题",
          "Fix the flaky login test",
          "设计并开发一个完整的电商系统，前端使用 React，后端提供 GraphQL 接口，数据库用 PostgreSQL，3天内上线",
          "Design the architecture of a complex multi-tenant analytics platform: ingestion,"
              + " storage, dashboards, accessibility, deployment on Kubernetes and monitoring, in 2"
              + " weeks",
          "优化数据库查询性能，降低接口延迟",
          "Optimise the search page, its queries take 4 seconds",
          "为支付模块编写单元测试和集成测试，覆盖率达到 90%",
          "Write documentation for the deployment of the service",
          "紧急：生产环境安全漏洞，需要立即审计并修复会话令牌泄露",
          "Urgent: audit the security of session tokens and encrypt stored passwords",
          "部署到云上的 Kubernetes 集群，并配置监控和日志",
          "Deploy the container to the cloud with docker and k8s, then watch the logs",
          "质量优先：重构订单系统的架构，并补充文档",
          "premium quality: refactor the order system and add a technical write-up");

  /** Makes a plan of a request by a template, as the API does. */
  public interface Planning {
    Plan plan(String request, @Nullable String template);
  }

  private static final String ADD = "INSERT INTO crew_benches (body) VALUES (?)";
  private static final String CUT =
      "DELETE FROM crew_benches WHERE id <= (SELECT max(id) FROM crew_benches) - " + KEPT;
  private static final String NEWEST = "SELECT body FROM crew_benches ORDER BY id DESC LIMIT ?";

  private final Store store;
  private final Planning planning;
  private final InstantSource clock;
  private final LongSupplier ticker;

  /**
   * @param ticker nanoseconds that pass
   */
  public Bench(Store store, Planning planning, InstantSource clock, LongSupplier ticker) {
    this.store = store;
    this.planning = planning;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The type of the task. */
  public TaskType<BenchInput, BenchResult> type() {
    return TaskType.io("crew.bench", BenchInput.class, BenchResult.class, this::measure)
        .withQueue(QUEUE);
  }

  /** The newest results, newest first. */
  public List<BenchResult> newest() {
    return store.read((Snapshot view) ->
        view.query(
            NEWEST, row -> Json.mapper().readValue(row.getString(1), BenchResult.class), KEPT));
  }

  private BenchResult measure(Run run, BenchInput input) throws Exception {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < WARM_UP; i++) {
      planning.plan(request(i), input.template());
    }
    long[] lengths = new long[input.requests()];
    AtomicInteger next = new AtomicInteger();
    long begun = ticker.getAsLong();
    try (ExecutorService users =
        Executors.newFixedThreadPool(
            input.users(), Thread.ofPlatform().daemon().name("crew-bench-", 0).factory())) {
      List<Future<?>> all = new ArrayList<>();
      for (int user = 0; user < input.users(); user++) {
        all.add(users.submit(() -> plans(run, input, lengths, next)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw new FatalFailure("a plan failed: " + failed.getCause(), failed);
    }
    long nanos = ticker.getAsLong() - begun;
    if (run.cancelled()) {
      throw new InterruptedException();
    }
    Arrays.sort(lengths);
    BenchResult result =
        BenchResult.of(at, input, lengths, nanos, Runtime.getRuntime().availableProcessors());
    String body = Json.mapper().writeValueAsString(result);
    run.finish(tx -> {
      tx.update(ADD, body);
      tx.update(CUT);
    });
    return result;
  }

  private void plans(Run run, BenchInput input, long[] lengths, AtomicInteger next) {
    int i = next.getAndIncrement();
    while (i < lengths.length && !run.cancelled()) {
      long before = ticker.getAsLong();
      planning.plan(request(i), input.template());
      lengths[i] = ticker.getAsLong() - before;
      i = next.getAndIncrement();
    }
  }

  private static String request(int number) {
    return REQUESTS.get(number % REQUESTS.size());
  }
}
