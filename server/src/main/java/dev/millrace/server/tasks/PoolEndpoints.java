package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.server.tasks.PoolWire.PoolItem;
import dev.millrace.tasks.Tasks;
import java.util.List;

/** {@code /api/v1/pools}: what runs handlers. */
public final class PoolEndpoints {
  private final Tasks tasks;

  public PoolEndpoints(Tasks tasks) {
    this.tasks = tasks;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        Endpoint.get("/api/v1/pools")
            .id("listPools")
            .summary("List what runs handlers, with the workers of the work-stealing pool")
            .tags("queues")
            .answersPage(PoolItem.class, PoolItem.EXAMPLE)
            .noEtag()
            .handle(_ -> Reply.ok(now())));
  }

  /** How the pools stand now, as a page. */
  public Object now() {
    return new Page<>(tasks.pools().stream().map(PoolItem::of).toList(), null);
  }
}
