package dev.millrace.server.webhooks;

import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemException;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import dev.millrace.http.schema.Fault;
import dev.millrace.server.webhooks.WebhookWire.DeliveryItem;
import dev.millrace.server.webhooks.WebhookWire.DeliveryQuery;
import dev.millrace.server.webhooks.WebhookWire.NewWebhook;
import dev.millrace.server.webhooks.WebhookWire.RenewQuery;
import dev.millrace.server.webhooks.WebhookWire.WebhookBody;
import dev.millrace.server.webhooks.WebhookWire.WebhookItem;
import dev.millrace.server.webhooks.WebhookWire.WebhookSecret;
import dev.millrace.server.webhooks.WebhookWire.WebhookTest;
import dev.millrace.tasks.TaskState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/webhooks}: make, look, change, try, and what was delivered. */
public final class WebhookEndpoints {
  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static final String WEBHOOK = WEBHOOKS + "/{name}";

  private static final ProblemType NOT_FOUND =
      new ProblemType(
          "webhook-not-found",
          404,
          "There is no such web hook",
          "Use a name that GET /api/v1/webhooks lists.");
  private static final ProblemType EXISTS =
      new ProblemType(
          "webhook-exists",
          409,
          "There is a web hook of that name already",
          "Change it with PUT, or choose another name.");
  private static final ProblemType INVALID =
      new ProblemType(
          "webhook-invalid",
          422,
          "The web hook cannot be set like this",
          "Mend the place that 'errors' names.");

  private static final Duration MOST_OVERLAP = Duration.ofDays(30);

  private final Webhooks webhooks;
  private final Cursor<Before> cursor = Cursor.of("webhook-deliveries", "", Before.class);

  /** The delivery before which a page ends. */
  record Before(long id) {}

  public WebhookEndpoints(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(create(), list(), find(), change(), remove(), secret(), test(), deliveries());
  }

  private Endpoint create() {
    return Endpoint.post(WEBHOOKS)
        .id("createWebhook")
        .summary("Make a web hook")
        .description(
            "Messages are signed as Standard Webhooks says: webhook-id, webhook-timestamp and"
                + " webhook-signature, which is 'v1,' and the HMAC-SHA256 of"
                + " '{id}.{timestamp}.{body}' in base64. The answer shows the secret, and no other"
                + " one does.")
        .tags("webhooks")
        .role(Role.ADMIN)
        .body(NewWebhook.class, new NewWebhook(WebhookWire.NAME, null, WebhookBody.EXAMPLE))
        .answers(201, WebhookSecret.class, WebhookSecret.EXAMPLE)
        .problems(EXISTS, INVALID)
        .handle(request -> {
          NewWebhook asked = request.body();
          check(asked.webhook(), "/webhook");
          Secret secret = secret(asked.secret());
          Webhook hook =
              asked
                  .webhook()
                  .webhook(asked.name(), webhooks.sealed(asked.name(), secret), webhooks.now());
          switch (webhooks.add(hook)) {
            case DONE -> {}
            case EXISTS ->
                throw EXISTS.because("There is a web hook '" + asked.name() + "' already.");
            case FULL ->
                throw invalid("/name", "there are " + Webhooks.MOST + " web hooks; remove one");
          }
          return Reply.created(
              WEBHOOKS + "/" + asked.name(),
              new WebhookSecret(asked.name(), secret.reveal(), null));
        });
  }

  private static Secret secret(@Nullable String given) {
    return given == null
        ? Secret.random()
        : Secret.parse(given)
            .orElseThrow(() ->
                invalid("/secret", "is not whsec_ and 24 to 64 bytes in base64; leave it out"));
  }

  private void check(WebhookBody body, String at) {
    if (body.states().contains(TaskState.RUNNING)) {
      throw invalid(at + "/states", "'running' is told to nobody: a start is no commit");
    }
    webhooks
        .problem(body.url())
        .ifPresent(problem -> {
          throw invalid(at + "/url", problem);
        });
  }

  private static ProblemException invalid(String pointer, String detail) {
    return INVALID.because(
        pointer.substring(pointer.lastIndexOf('/') + 1) + ": " + detail + ".",
        List.of(new Fault(pointer, detail, "webhook-invalid")));
  }

  private Endpoint list() {
    return Endpoint.get(WEBHOOKS)
        .id("listWebhooks")
        .summary("List web hooks by name")
        .tags("webhooks")
        .answersPage(WebhookItem.class, WebhookItem.EXAMPLE)
        .handle(_ -> Reply.ok(now()));
  }

  /** All web hooks, as a page. */
  public Object now() {
    return new Page<>(webhooks.list().stream().map(this::item).toList(), null);
  }

  private Endpoint find() {
    return Endpoint.get(WEBHOOK)
        .id("findWebhook")
        .summary("Look at a web hook")
        .tags("webhooks")
        .path("name", "Its name.", WebhookWire.NAME)
        .answers(200, WebhookItem.class, WebhookItem.EXAMPLE)
        .problems(NOT_FOUND)
        .handle(request -> Reply.ok(item(webhook(request.path("name")))));
  }

  private WebhookItem item(Webhook hook) {
    return WebhookItem.of(hook, webhooks.encrypts(hook), webhooks.now());
  }

  private Webhook webhook(String name) {
    return webhooks.find(name).orElseThrow(() -> notFound(name));
  }

  private static ProblemException notFound(String name) {
    return NOT_FOUND.because("There is no web hook '" + name + "'.");
  }

  private Endpoint change() {
    return Endpoint.put(WEBHOOK)
        .id("changeWebhook")
        .summary("Change a web hook, enable or disable it")
        .description("The secret stays. What was ordered before is delivered to the new URL.")
        .tags("webhooks")
        .role(Role.ADMIN)
        .path("name", "Its name.", WebhookWire.NAME)
        .body(WebhookBody.class, WebhookBody.EXAMPLE)
        .answers(200, WebhookItem.class, WebhookItem.EXAMPLE)
        .problems(NOT_FOUND, INVALID)
        .handle(request -> {
          String name = request.path("name");
          WebhookBody body = request.body();
          check(body, "");
          Webhook known = webhook(name);
          if (!webhooks.change(body.webhook(name, known.secrets(), known.createdAt()))) {
            throw notFound(name);
          }
          return Reply.ok(item(webhook(name)));
        });
  }

  private Endpoint remove() {
    return Endpoint.delete(WEBHOOK)
        .id("removeWebhook")
        .summary("Remove a web hook and its log; what is not delivered yet is given up")
        .tags("webhooks")
        .role(Role.ADMIN)
        .path("name", "Its name.", WebhookWire.NAME)
        .answersEmpty(204)
        .problems(NOT_FOUND)
        .handle(request -> {
          String name = request.path("name");
          if (!webhooks.remove(name)) {
            throw notFound(name);
          }
          return Reply.noContent();
        });
  }

  private Endpoint secret() {
    return Endpoint.post(WEBHOOK + "/secret")
        .id("renewWebhookSecret")
        .summary("Make a new secret; the old one signs as well for a day, or as asked")
        .description(
            "Until the overlap is over, webhook-signature holds a signature by each of both, with a"
                + " space between them: receivers take a message by any of them. A secret before"
                + " the old one signs nothing more.")
        .tags("webhooks")
        .role(Role.ADMIN)
        .path("name", "Its name.", WebhookWire.NAME)
        .query(RenewQuery.class)
        .answers(200, WebhookSecret.class, WebhookSecret.EXAMPLE)
        .problems(NOT_FOUND, INVALID)
        .handle(request -> {
          String name = request.path("name");
          RenewQuery query = request.query();
          Duration overlap = query.overlap();
          if (overlap.isNegative() || overlap.compareTo(MOST_OVERLAP) > 0) {
            throw invalid("?overlap", "is " + overlap + "; use PT0S to " + MOST_OVERLAP);
          }
          Secret secret = Secret.random();
          Webhook hook = webhooks.renew(name, secret, overlap).orElseThrow(() -> notFound(name));
          return Reply.ok(new WebhookSecret(name, secret.reveal(), hook.secrets().oldUntil()));
        });
  }

  private Endpoint test() {
    return Endpoint.post(WEBHOOK + "/test")
        .id("testWebhook")
        .summary("Send a message 'webhook.test' now, once, and say what came of it")
        .tags("webhooks")
        .role(Role.ADMIN)
        .path("name", "Its name.", WebhookWire.NAME)
        .answers(200, WebhookTest.class, WebhookTest.EXAMPLE)
        .problems(NOT_FOUND)
        .handle(request -> Reply.ok(WebhookTest.of(webhooks.test(webhook(request.path("name"))))));
  }

  private Endpoint deliveries() {
    return Endpoint.get(WEBHOOK + "/deliveries")
        .id("listDeliveries")
        .summary("List what a web hook was told, newest first, and what became of it")
        .tags("webhooks")
        .path("name", "Its name.", WebhookWire.NAME)
        .query(DeliveryQuery.class)
        .answersPage(DeliveryItem.class, DeliveryItem.EXAMPLE)
        .problems(NOT_FOUND)
        .handle(request -> {
          DeliveryQuery query = request.query();
          String name = webhook(request.path("name")).name();
          Before before = cursor.decode(query.cursor());
          List<Delivery> found =
              webhooks.deliveries(
                  name,
                  query.state(),
                  before == null ? Long.MAX_VALUE : before.id(),
                  query.limit() + 1);
          boolean more = found.size() > query.limit();
          List<Delivery> shown = more ? found.subList(0, query.limit()) : found;
          return Reply.ok(
              new Page<>(
                  shown.stream().map(DeliveryItem::of).toList(),
                  more ? cursor.encode(new Before(shown.getLast().id())) : null));
        });
  }
}
