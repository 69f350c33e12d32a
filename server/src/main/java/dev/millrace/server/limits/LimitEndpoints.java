package dev.millrace.server.limits;

import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.server.limits.LimitWire.KeyBody;
import dev.millrace.server.limits.LimitWire.KeyItem;
import dev.millrace.server.limits.LimitWire.KeyQuery;
import dev.millrace.server.limits.LimitWire.KeysQuery;
import dev.millrace.server.limits.LimitWire.LimitBody;
import dev.millrace.server.limits.LimitWire.LimitItem;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.tasks.KeyLimitPage;
import dev.millrace.tasks.TaskLimits;
import java.util.List;

/** {@code /api/v1/limits}: look, set, remove. */
public final class LimitEndpoints {
  private static final String LIMITS = "/api/v1/limits";
  private static final String LIMIT = LIMITS + "/{name}";
  private static final String NAME = "customers";

  private static final String KEYS = LIMIT + "/keys";

  private final TaskLimits limits;
  private final Cursor<After> cursor = Cursor.of("limit-keys", "", After.class);

  /** The key behind which a page begins. */
  record After(String key) {}

  public LimitEndpoints(TaskLimits limits) {
    this.limits = limits;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(list(), find(), set(), remove(), keys(), setKey(), removeKey());
  }

  private Endpoint list() {
    return Endpoint.get(LIMITS)
        .id("listLimits")
        .summary("List limits by name, with how many tasks run and wait under them")
        .tags("limits")
        .answersPage(LimitItem.class, LimitItem.EXAMPLE)
        .handle(_ -> Reply.ok(now()));
  }

  /** How the limits stand now, as a page. */
  public Object now() {
    return new Page<>(limits.list().stream().map(LimitItem::of).toList(), null);
  }

  private Endpoint find() {
    return Endpoint.get(LIMIT)
        .id("findLimit")
        .summary("Look at a limit")
        .tags("limits")
        .path("name", "The limit's name.", NAME)
        .answers(200, LimitItem.class, LimitItem.EXAMPLE)
        .problems(TaskProblems.LIMIT_NOT_FOUND)
        .handle(request -> Reply.ok(item(request.path("name"))));
  }

  private LimitItem item(String name) {
    return limits
        .find(name)
        .map(LimitItem::of)
        .orElseThrow(
            () -> TaskProblems.LIMIT_NOT_FOUND.because("There is no limit '" + name + "'."));
  }

  private Endpoint set() {
    return Endpoint.put(LIMIT)
        .id("setLimit")
        .summary("Set a limit, or put it in the place of the one of its name")
        .description("It holds at once, also for tasks that wait already; what runs goes on.")
        .tags("limits")
        .path("name", "The limit's name.", NAME)
        .body(LimitBody.class, LimitBody.EXAMPLE)
        .answers(200, LimitItem.class, LimitItem.EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.LIMIT)
        .handle(request -> {
          limits.set(request.body().limit(request.path("name")));
          return Reply.ok(item(request.path("name")));
        });
  }

  private Endpoint keys() {
    return Endpoint.get(KEYS)
        .id("listLimitKeys")
        .summary("List the keys for which a limit of each key holds with other numbers")
        .tags("limits")
        .path("name", "The limit's name.", NAME)
        .query(KeysQuery.class)
        .answersPage(KeyItem.class, KeyItem.EXAMPLE)
        .problems(TaskProblems.LIMIT_NOT_FOUND)
        .handle(request -> {
          After after = cursor.decode(request.query().cursor());
          KeyLimitPage page =
              limits.keys(
                  request.path("name"),
                  request.query().limit(),
                  after == null ? null : after.key());
          String next = page.next();
          return Reply.ok(
              new Page<>(
                  page.items().stream().map(KeyItem::of).toList(),
                  next == null ? null : cursor.encode(new After(next))));
        });
  }

  private Endpoint setKey() {
    return Endpoint.put(KEYS)
        .id("setLimitKey")
        .summary("Have a limit of each key hold with other numbers for one key")
        .description("It holds at once, also for tasks that wait already; what runs goes on.")
        .tags("limits")
        .path("name", "The limit's name.", NAME)
        .body(KeyBody.class, KeyBody.EXAMPLE)
        .answersEmpty(204)
        .problems(TaskProblems.LIMIT_NOT_FOUND, TaskProblems.OPTION_INVALID, TaskProblems.LIMIT)
        .handle(request -> {
          limits.setKey(request.body().of(request.path("name")));
          return Reply.noContent();
        });
  }

  private Endpoint removeKey() {
    return Endpoint.delete(KEYS)
        .id("removeLimitKey")
        .summary("Have a key obey the numbers of all keys again")
        .tags("limits")
        .path("name", "The limit's name.", NAME)
        .query(KeyQuery.class)
        .answersEmpty(204)
        .problems(TaskProblems.LIMIT_NOT_FOUND)
        .handle(request -> {
          limits.removeKey(request.path("name"), request.query().key());
          return Reply.noContent();
        });
  }

  private Endpoint remove() {
    return Endpoint.delete(LIMIT)
        .id("removeLimit")
        .summary("Remove a limit that was set; one that code declares is in force again then")
        .tags("limits")
        .path("name", "The limit's name.", NAME)
        .answersEmpty(204)
        .problems(TaskProblems.LIMIT_NOT_FOUND)
        .handle(request -> {
          limits.remove(request.path("name"));
          return Reply.noContent();
        });
  }
}
