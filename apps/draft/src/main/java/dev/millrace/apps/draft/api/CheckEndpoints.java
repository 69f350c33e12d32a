package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.edit.DraftEditor;
import dev.millrace.apps.draft.edit.Repaired;
import dev.millrace.apps.draft.repair.DraftRepair;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The endpoints of the checker's rules and repairs. */
public final class CheckEndpoints {
  private final DraftEditor editor;

  public CheckEndpoints(DraftEditor editor) {
    this.editor = editor;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(rules(), repair());
  }

  private static Endpoint rules() {
    return Endpoint.get("/api/v1/draft/checks")
        .id("draftChecks")
        .tags("draft")
        .summary("List the rules of the checker")
        .answers(200, RulesView.class, new RulesView(List.of(view(Rule.REFERENCE_RESOLVES))))
        .handle(_ ->
            Reply.ok(
                new RulesView(Arrays.stream(Rule.values()).map(CheckEndpoints::view).toList())));
  }

  private static RuleView view(Rule rule) {
    return new RuleView(
        rule.word(),
        rule.severity().name().toLowerCase(Locale.ROOT),
        rule.holds(),
        rule.explanation(),
        DraftRepair.of(rule).orElse(null));
  }

  private Endpoint repair() {
    return Endpoint.post("/api/v1/draft/drafts/{name}/repair")
        .id("repairDraft")
        .tags("draft")
        .summary("Mend a draft where that is safe")
        .description(
            "Mends what has one right answer, and never what a viewer sees. The old document stays"
                + " beside the draft. What is left is told by the checker's verdict.")
        .path("name", "Name of the draft.", "竖屏人物图片_20261122_023000_k3f9q2")
        .optionalBody(
            RepairBody.class,
            new RepairBody(true, List.of("reference-resolves")),
            new RepairBody(false, null))
        .answers(
            200,
            RepairView.class,
            new RepairView(
                true,
                List.of(
                    new RepairView.ChangeView(
                        "reference-resolves",
                        "draft_content.json",
                        "/tracks/0/segments/1/extra_material_refs/2",
                        "is left out, because \"6F1B3B3C-9D0B-4D8E-8C43-0C6B1D1E8F20\" is in no"
                            + " list")),
                1,
                Examples.VERDICT,
                null))
        .problems(
            DraftProblems.DRAFT_NOT_FOUND,
            DraftProblems.DRAFT_UNREADABLE,
            DraftProblems.EDIT_IMPOSSIBLE,
            DraftProblems.EDIT_BREAKS_DRAFT)
        .handle(request -> {
          RepairBody body = request.body();
          Set<Rule> rules = rules(body.rules());
          Repaired repaired =
              TemplateEndpoints.work(
                  () -> editor.repair(request.path("name"), rules, body.dryRun()));
          return Reply.ok(
              new RepairView(
                  body.dryRun(),
                  repaired.changes().stream()
                      .map(change ->
                          new RepairView.ChangeView(
                              change.rule().word(), change.file(), change.pointer(), change.what()))
                      .toList(),
                  repaired.errorsBefore(),
                  Views.verdict(repaired.after()),
                  repaired.oldContent()));
        });
  }

  private static Set<Rule> rules(@Nullable List<String> words) {
    if (words == null) {
      return DraftRepair.repairable();
    }
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      var rule =
          DraftRepair.repairable().stream().filter(each -> each.word().equals(word)).findAny();
      rule.ifPresent(rules::add);
      if (rule.isEmpty()) {
        faults.add(
            new Fault(
                "/rules/" + i,
                "there is no repair for \"" + word + "\"; see /api/v1/draft/checks",
                "unknown-rule"));
      }
    }
    if (!faults.isEmpty()) {
      throw DraftProblems.EDIT_IMPOSSIBLE.because("A rule cannot be repaired.", faults);
    }
    return rules;
  }
}
