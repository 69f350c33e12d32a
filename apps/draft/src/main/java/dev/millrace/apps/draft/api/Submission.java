package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.build.BuildInput;
import dev.millrace.apps.draft.build.BuildOutput;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.recipe.Reading;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.recipe.RecipeReader;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.timeline.DraftIds;
import dev.millrace.http.schema.Fault;
import dev.millrace.store.Store;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Takes recipes: checks them, and commits the draft together with its task. Thread-safe. */
public final class Submission {
  private final Store store;
  private final Tasks tasks;
  private final DraftRecords records;
  private final RecipeReader reader;
  private final TaskType<BuildInput, BuildOutput> type;
  private final InstantSource clock;
  private final ZoneId zone;

  public Submission(
      Store store,
      Tasks tasks,
      DraftRecords records,
      RecipeReader reader,
      TaskType<BuildInput, BuildOutput> type,
      InstantSource clock,
      ZoneId zone) {
    this.store = store;
    this.tasks = tasks;
    this.records = records;
    this.reader = reader;
    this.type = type;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Accepts a recipe.
   *
   * @throws dev.millrace.http.ProblemException with every fault if it has any
   */
  DraftAccepted submit(ObjectNode json, String traceparent) {
    Reading reading = reader.read(json);
    Recipe recipe = reading.recipe();
    if (recipe == null) {
      throw refused(reading);
    }
    Instant now = clock.instant();
    String name = Names.draft(recipe.title(), now, zone, shortId());
    String draftId = DraftIds.fresh().get();
    String text = json.toString();
    SubmitOptions options = SubmitOptions.defaults().withTags("draft").withTraceparent(traceparent);
    TaskId task =
        store
            .compute(tx -> {
              TaskId id = tasks.submit(tx, type, new BuildInput(name), options).id();
              records.add(tx, id, name, recipe.title(), draftId, now, recipe.items().size(), text);
              return id;
            })
            .value();
    return new DraftAccepted(task.toString(), name, "/api/v1/tasks/" + task);
  }

  private static RuntimeException refused(Reading reading) {
    List<Fault> errors =
        reading.faults().stream()
            .map(fault -> new Fault(fault.pointer(), fault.detail(), fault.code()))
            .toList();
    dev.millrace.apps.draft.recipe.Fault first = reading.faults().getFirst();
    return DraftProblems.RECIPE_INVALID.because(
        "The recipe has "
            + (errors.size() == 1 ? "a problem" : errors.size() + " problems")
            + "; the first is at "
            + (first.pointer().isEmpty() ? "its top" : first.pointer())
            + ": "
            + first.detail()
            + ".",
        errors);
  }

  /** Enough for two drafts of one title within one second. */
  private static String shortId() {
    UUID random = UUID.randomUUID();
    String digits = BigInteger.valueOf(random.getLeastSignificantBits()).abs().toString(36);
    return ("000000" + digits).substring(digits.length());
  }
}
