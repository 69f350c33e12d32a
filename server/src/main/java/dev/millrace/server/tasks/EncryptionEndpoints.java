package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Json;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import dev.millrace.http.schema.Doc;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.Tasks;
import java.util.List;

/** {@code /api/v1/encryption}: the ids of the keys, and a change of keys. */
public final class EncryptionEndpoints {
  private static final String ENCRYPTION = "/api/v1/encryption";

  private static final ProblemType OFF =
      new ProblemType(
          "encryption-off",
          409,
          "Nothing is encrypted",
          "Set tasks.encryption.keys or key-file, and start the server again.");

  private final Tasks tasks;

  public EncryptionEndpoints(Tasks tasks) {
    this.tasks = tasks;
  }

  /** With which keys is encrypted. */
  public record EncryptionItem(
      @Doc("Whether there is a key.") boolean on,
      @Doc("The ids of the keys, the newest last; it encrypts, the others only read.")
          List<String> keys) {}

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(show(), rewrite());
  }

  private Endpoint show() {
    return Endpoint.get(ENCRYPTION)
        .id("showEncryption")
        .summary("Show the ids of the keys of encryption")
        .tags("tasks")
        .answers(200, EncryptionItem.class, new EncryptionItem(true, List.of("2026a", "2026b")))
        .handle(_ -> {
          List<String> keys = tasks.sealing().keyIds();
          return Reply.ok(new EncryptionItem(!keys.isEmpty(), keys));
        });
  }

  private Endpoint rewrite() {
    return Endpoint.post(ENCRYPTION + "/rewrite")
        .id("rewriteEncryption")
        .summary("Encrypt anew, with the newest key, what older keys have encrypted")
        .description(
            "Done by a task of type "
                + ReencryptRun.TYPE
                + ", whose id this answers: follow or cancel it like any other. Its result tells"
                + " how many values were rewritten, and what is left under which key; when it is"
                + " 'clean', the older keys can be taken away. While one is at work, its id is"
                + " answered.")
        .tags("tasks")
        .role(Role.ADMIN)
        .answers(202, TaskWire.Accepted.class, TaskExamples.ACCEPTED)
        .problems(OFF, TaskProblems.CLOSED, TaskProblems.MEMORY)
        .handle(request -> {
          if (tasks.sealing().keyIds().isEmpty()) {
            throw OFF.because("There is no key of encryption.");
          }
          return Reply.accepted(
              TaskEndpoints.accepted(
                  tasks.submitJson(
                      ReencryptRun.TYPE,
                      Json.mapper().createObjectNode(),
                      SubmitOptions.defaults()
                          .withUniqueKey("reencrypt")
                          .withTraceparent(request.traceparent()))));
        });
  }
}
