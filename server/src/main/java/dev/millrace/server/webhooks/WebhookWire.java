package dev.millrace.server.webhooks;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Web hooks as they are on the wire. */
final class WebhookWire {
  static final String NAME = "on-call";
  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");
  private static final String TASK = "019d0e5c-1c00-7000-8000-000000000000";

  private WebhookWire() {}

  /** What a web hook is, as clients send it. */
  public record WebhookBody(
      @Doc(
              "Where messages are sent, http or https. Private addresses are refused unless the"
                  + " configuration allows them; redirects are not followed.")
          @Size(min = 1, max = 2_000)
          String url,
      @Doc(
              "The states it is told of when a task comes into one; 'running' is none of them,"
                  + " because a start is no commit.")
          @Size(min = 1, max = 8)
          List<TaskState> states,
      @Doc(
              "Only of tasks of these types; one that ends with * means all that begin so. All if"
                  + " it is empty.")
          @Default("[]")
          @Size(max = 50)
          List<String> types,
      @Doc("Only of tasks with one of these tags. All if it is empty.")
          @Default("[]")
          @Size(max = 50)
          List<String> tags,
      @Doc("Whether it is told at all. Enabling one forgets its failures so far.") @Default("true")
          boolean enabled) {
    static final WebhookBody EXAMPLE =
        new WebhookBody(
            "https://example.com/hooks/millrace",
            List.of(TaskState.DEAD),
            List.of("order.*"),
            List.of(),
            true);

    Webhook webhook(String name, Secrets secrets, Instant at) {
      Set<TaskState> told = EnumSet.noneOf(TaskState.class);
      told.addAll(states);
      return new Webhook(name, url, told, types, tags, secrets, enabled, null, null, at);
    }
  }

  /** A new web hook. */
  public record NewWebhook(
      @Doc("Its name.") @Size(max = 64) @Pattern("[a-z0-9][a-z0-9._-]*") String name,
      @Doc(
              "The key of its signatures, whsec_ and 24 to 64 bytes in base64; made if it is left"
                  + " out.")
          @Nullable
          @Size(max = 100)
          String secret,
      WebhookBody webhook) {}

  /** A web hook. */
  public record WebhookItem(
      String name,
      String url,
      List<TaskState> states,
      List<String> types,
      List<String> tags,
      boolean enabled,
      @Doc(
              "Why it was disabled by itself: 'gone' if the receiver answered 410, 'failing' if all"
                  + " deliveries have failed since failingSince for too long; null if it was not.")
          Webhook.@Nullable Cause disabledBecause,
      @Doc("When the first delivery failed since the last one that went well.")
          @Nullable Instant failingSince,
      @Doc("Whether its secret is encrypted in the database: only where there is a key.")
          boolean secretEncrypted,
      @Doc("Until when the secret before signs as well; null if none does.")
          @Nullable Instant oldSecretUntil,
      Instant createdAt) {
    static final WebhookItem EXAMPLE =
        of(WebhookBody.EXAMPLE.webhook(NAME, new Secrets("", null, null), AT), true, AT);

    /**
     * As it is shown.
     *
     * @param encrypted whether its secret is
     */
    static WebhookItem of(Webhook hook, boolean encrypted, Instant now) {
      Instant until = hook.secrets().oldUntil();
      return new WebhookItem(
          hook.name(),
          hook.url(),
          hook.states().stream().sorted().toList(),
          hook.types(),
          hook.tags(),
          hook.enabled(),
          hook.disabledBecause(),
          hook.failingSince(),
          encrypted,
          until != null && now.isBefore(until) ? until : null,
          hook.createdAt());
    }
  }

  /** How a secret is made anew. */
  public record RenewQuery(
      @Doc(
              "How long messages are signed with the secret before as well, so that receivers can"
                  + " change to the new one; up to P30D, PT0S for not at all.")
          @Default("P1D")
          Duration overlap) {}

  /** A secret, the only time that it is shown. */
  public record WebhookSecret(
      String name,
      @Doc("The key of its signatures. Keep it: it is not shown again.") String secret,
      @Doc("Until when the secret before signs as well; null if there is none.")
          @Nullable Instant oldUntil) {
    static final WebhookSecret EXAMPLE =
        new WebhookSecret(NAME, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G", null);
  }

  /** How a test went. */
  public record WebhookTest(
      @Doc("Whether the receiver took it.") boolean taken,
      @Doc("What it answered; null if no answer came.") @Nullable Integer status,
      @Doc("Why it was not taken.") @Nullable String error,
      @Doc("In milliseconds.") long tookMs) {
    static final WebhookTest EXAMPLE = new WebhookTest(true, 200, null, 84);

    static WebhookTest of(Answer answer) {
      return new WebhookTest(
          answer.isTaken(), answer.status(), answer.error(), answer.tookMillis());
    }
  }

  /** Which deliveries a list shows. */
  public record DeliveryQuery(
      @Doc("Only those that are so far.") Delivery.@Nullable State state,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** A message and what became of it. */
  public record DeliveryItem(
      @Doc("The webhook-id, the same in all attempts.") String message,
      @Doc("Such as task.dead.") String event,
      @Doc("The task that it tells of.") String about,
      @Doc("The task that delivers it: its attempts, and a retry.") String task,
      Delivery.State state,
      int attempts,
      @Doc("Of the last answer; null if none came.") @Nullable Integer status,
      @Doc("Why the last attempt failed.") @Nullable String error,
      @Doc("The last attempt, in milliseconds.") @Nullable Long tookMs,
      Instant createdAt,
      @Doc("When it was tried last.") @Nullable Instant lastAt) {
    static final DeliveryItem EXAMPLE =
        of(
            new Delivery(
                7,
                NAME,
                "msg_" + TASK + "_8f14e45fceea167a-1042_dead",
                "task.dead",
                TASK,
                TASK,
                Delivery.State.DELIVERED,
                2,
                204,
                null,
                84L,
                AT,
                AT.plusSeconds(6)));

    static DeliveryItem of(Delivery delivery) {
      return new DeliveryItem(
          delivery.message(),
          delivery.event(),
          delivery.about(),
          delivery.task(),
          delivery.state(),
          delivery.attempts(),
          delivery.status(),
          delivery.error(),
          delivery.tookMillis(),
          delivery.createdAt(),
          delivery.lastAt());
    }
  }
}
