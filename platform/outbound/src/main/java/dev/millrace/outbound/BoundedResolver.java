package dev.millrace.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A resolver with a time limit, on a few platform threads: a lookup is a native call that would
 * hold the carrier of a virtual thread, and dead DNS servers would freeze the whole process.
 */
final class BoundedResolver implements NameResolver, AutoCloseable {
  private static final int THREADS = 16;
  private static final int WAITING = 1_024;

  private final NameResolver resolver;
  private final Duration limit;
  private final ThreadPoolExecutor threads;

  BoundedResolver(NameResolver resolver, Duration limit) {
    this.resolver = resolver;
    this.limit = limit;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("outbound-dns-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    Future<List<InetAddress>> answer;
    try {
      answer = threads.submit(() -> resolver.resolve(host));
    } catch (RejectedExecutionException full) {
      throw unknown(host, "too many lookups are waiting", full);
    }
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unknown(host, "it does not resolve", e.getCause());
    } catch (TimeoutException e) {
      throw unknown(host, "no answer of the DNS within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, "the lookup was interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static UnknownHostException unknown(String host, String why, @Nullable Throwable cause) {
    var e = new UnknownHostException(host + ": " + why);
    e.initCause(cause);
    return e;
  }
}
