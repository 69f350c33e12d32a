package dev.millrace.server.limits;

import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.server.limits.TenantWire.Bound;
import dev.millrace.server.limits.TenantWire.TenantItem;
import dev.millrace.server.limits.TenantWire.TenantQuery;
import dev.millrace.server.limits.TenantWire.Weight;
import dev.millrace.server.limits.TenantWire.Where;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.tasks.TenantPage;
import dev.millrace.tasks.Tenants;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/tenants}: how queues are shared between them. */
public final class TenantEndpoints {
  private static final String TENANTS = "/api/v1/tenants";
  private static final String TENANT = TENANTS + "/{name}";
  private static final String NAME = "acme";

  private static final int PUSHED = 200;

  private final Tenants tenants;
  private final Cursor<After> cursor = Cursor.of("tenants", "", After.class);

  /** The name behind which a page begins. */
  record After(String name) {}

  public TenantEndpoints(Tenants tenants) {
    this.tenants = tenants;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(list(), find(), weigh(), forget(), pause(), resume(), bound(), unbound());
  }

  private Endpoint list() {
    return Endpoint.get(TENANTS)
        .id("listTenants")
        .summary("List tenants that have weights, ready or running tasks, by name")
        .tags("tenants")
        .query(TenantQuery.class)
        .answersPage(TenantItem.class, TenantItem.EXAMPLE)
        .handle(request -> {
          After after = cursor.decode(request.query().cursor());
          return Reply.ok(page(request.query().limit(), after == null ? null : after.name()));
        });
  }

  private Page<TenantItem> page(int limit, @Nullable String after) {
    TenantPage page = tenants.list(limit, after);
    String next = page.next();
    return new Page<>(
        page.items().stream().map(TenantItem::of).toList(),
        next == null ? null : cursor.encode(new After(next)));
  }

  /** The first tenants as they stand now, as a page. */
  public Object now() {
    return page(PUSHED, null);
  }

  private Endpoint find() {
    return Endpoint.get(TENANT)
        .id("findTenant")
        .summary("Look at a tenant; one that nothing is known of has weight 1")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .answers(200, TenantItem.class, TenantItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> Reply.ok(TenantItem.of(tenants.find(request.path("name")))));
  }

  private Endpoint weigh() {
    return Endpoint.put(TENANT)
        .id("weighTenant")
        .summary("Set how much of the queues a tenant gets beside others")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .body(Weight.class, new Weight(3, null))
        .answers(200, TenantItem.class, TenantItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.LIMIT)
        .handle(request -> {
          int weight = request.body().weight();
          return in(
              request.path("name"),
              request.body().queue(),
              name -> tenants.weigh(name, weight),
              (name, queue) -> tenants.weigh(name, queue, weight));
        });
  }

  /** Says something of a tenant in all queues or in one, and answers how it stands then. */
  private Reply in(
      String name,
      @Nullable String queue,
      Consumer<String> everywhere,
      BiConsumer<String, String> there) {
    if (queue == null) {
      everywhere.accept(name);
    } else {
      there.accept(name, queue);
    }
    return Reply.ok(TenantItem.of(tenants.find(name)));
  }

  private Endpoint pause() {
    return Endpoint.post(TENANT + "/pause")
        .id("pauseTenant")
        .summary("Start nothing more of a tenant; what runs goes on, and what comes waits")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .optionalBody(Where.class, new Where("mails"), new Where(null))
        .answers(200, TenantItem.class, TenantItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.LIMIT)
        .handle(request ->
            in(request.path("name"), request.body().queue(), tenants::pause, tenants::pause));
  }

  private Endpoint resume() {
    return Endpoint.post(TENANT + "/resume")
        .id("resumeTenant")
        .summary("Let a paused tenant go on")
        .description(
            "Without a queue all its pauses are taken back; with one only that of the queue, and a"
                + " pause in all queues holds on.")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .optionalBody(Where.class, new Where("mails"), new Where(null))
        .answers(200, TenantItem.class, TenantItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request ->
            in(request.path("name"), request.body().queue(), tenants::resume, tenants::resume));
  }

  private Endpoint bound() {
    return Endpoint.put(TENANT + "/bound")
        .id("boundTenant")
        .summary("Let only so many tasks of a tenant wait")
        .description(
            "Submissions beyond that are refused with tenant-full; children, the stages of runs and"
                + " schedules are not.")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .body(Bound.class, new Bound(10_000))
        .answers(200, TenantItem.class, TenantItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.LIMIT)
        .handle(request -> {
          String name = request.path("name");
          tenants.bound(name, request.body().tasks());
          return Reply.ok(TenantItem.of(tenants.find(name)));
        });
  }

  private Endpoint unbound() {
    return Endpoint.delete(TENANT + "/bound")
        .id("unboundTenant")
        .summary("Let any number of tasks of a tenant wait")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .answersEmpty(204)
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> {
          tenants.unbound(request.path("name"));
          return Reply.noContent();
        });
  }

  private Endpoint forget() {
    return Endpoint.delete(TENANT)
        .id("forgetTenant")
        .summary("Take all weights of a tenant back; its tasks stay")
        .tags("tenants")
        .path("name", "The tenant's name.", NAME)
        .answersEmpty(204)
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> {
          tenants.forget(request.path("name"));
          return Reply.noContent();
        });
  }
}
