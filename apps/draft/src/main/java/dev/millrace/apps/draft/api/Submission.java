package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.build.BuildInput;
import dev.millrace.apps.draft.build.BuildOutput;
import dev.millrace.apps.draft.build.StoredRules;
import dev.millrace.apps.draft.extension.TypedReader;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.recipe.Reading;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.Generation;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes recipes: checks them, and commits the draft together with its task. Thread-safe. */
public final class Submission {
  private final Store store;
  private final Tasks tasks;
  private final DraftRecords records;
  private final TypedReader reader;
  private final StoredRules rules;
  private final TaskType<BuildInput, BuildOutput> type;
  private final InstantSource clock;
  private final ZoneId zone;

  public Submission(
      Store store,
      Tasks tasks,
      DraftRecords records,
      TypedReader reader,
      StoredRules rules,
      TaskType<BuildInput, BuildOutput> type,
      InstantSource clock,
      ZoneId zone) {
    this.store = store;
    this.tasks = tasks;
    this.records = records;
    this.reader = reader;
    this.rules = rules;
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
    return submit(json, traceparent, Generation.Source.RECIPE, "");
  }

  /** As {@link #submit(ObjectNode, String)}, for one that came by another way. */
  DraftAccepted submit(
      ObjectNode json, String traceparent, Generation.Source source, String origin) {
    Checked checked = check(json);
    Recipe recipe = checked.recipe();
    if (recipe == null) {
      throw refused(checked.faults());
    }
    Instant now = clock.instant();
    String name = name(recipe, now);
    String draftId = DraftIds.fresh().get();
    String text = json.toString();
    SubmitOptions options = SubmitOptions.defaults().withTags("draft").withTraceparent(traceparent);
    Generation.Birth birth =
        new Generation.Birth(source, origin, checked.group(), checked.version());
    TaskId task =
        store
            .compute(tx -> {
              TaskId id = tasks.submit(tx, type, new BuildInput(name), options).id();
              records.add(
                  tx, id, name, recipe.title(), draftId, now, recipe.items().size(), text, birth);
              return id;
            })
            .value();
    return new DraftAccepted(task.toString(), name, "/api/v1/tasks/" + task);
  }

  /**
   * What the reader says of a recipe.
   *
   * @param recipe null if it has faults
   * @param group id of its rule group
   * @param version of a stored one
   */
  record Checked(
      @Nullable Recipe recipe,
      List<dev.millrace.apps.draft.recipe.Fault> faults,
      String group,
      int version) {}

  Checked check(JsonNode json) {
    StoredRules.Chosen chosen = rules.choose(json);
    dev.millrace.apps.draft.recipe.Fault fault = chosen.fault();
    if (fault != null) {
      return new Checked(null, List.of(fault), "", 0);
    }
    Reading reading = reader.read(chosen.recipe());
    return new Checked(reading.recipe(), reading.faults(), chosen.group(), chosen.version());
  }

  String name(Recipe recipe, Instant now) {
    return Names.draft(recipe.title(), now, zone, shortId());
  }

  private static RuntimeException refused(List<dev.millrace.apps.draft.recipe.Fault> faults) {
    List<Fault> errors =
        faults.stream()
            .map(fault -> new Fault(fault.pointer(), fault.detail(), fault.code()))
            .toList();
    dev.millrace.apps.draft.recipe.Fault first = faults.getFirst();
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
