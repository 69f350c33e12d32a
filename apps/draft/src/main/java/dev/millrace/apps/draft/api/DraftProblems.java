package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.edit.RefusedException;
import dev.millrace.http.ProblemException;
import dev.millrace.http.ProblemType;
import dev.millrace.http.schema.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What the application's endpoints refuse. */
final class DraftProblems {
  static final ProblemType RECIPE_INVALID =
      new ProblemType(
          "recipe-invalid",
          422,
          "The recipe cannot be made into a draft",
          "Mend every place listed in 'errors' and send the recipe again; nothing was downloaded.");
  static final ProblemType DRAFT_NOT_FOUND =
      new ProblemType(
          "draft-not-found",
          404,
          "There is no such draft",
          "Look up the names at /api/v1/draft/drafts.");
  static final ProblemType DRAFT_NOT_READY =
      new ProblemType(
          "draft-not-ready",
          409,
          "The draft's folder is not there",
          "Wait until the draft is ready, or send its recipe again if it failed.");

  static final ProblemType CATALOG_KIND_NOT_FOUND =
      new ProblemType(
          "catalog-kind-not-found",
          404,
          "The catalogue has no such kind",
          "Look up the kinds at /api/v1/draft/catalog.");

  static final ProblemType DRAFT_WITHOUT_RECIPE =
      new ProblemType(
          "draft-without-recipe",
          404,
          "No recipe made this draft",
          "Read its document at /api/v1/draft/drafts/NAME/raw; it was imported, or made out of"
              + " another draft.");
  static final ProblemType DRAFT_UNREADABLE =
      new ProblemType(
          "draft-unreadable",
          422,
          "The draft's document cannot be read",
          "Open it with client 5.9 or earlier and save it there, or import it again.");
  static final ProblemType EDIT_IMPOSSIBLE =
      new ProblemType(
          "edit-impossible",
          422,
          "The operations cannot be done to this draft",
          "Mend every place listed in 'errors' and send all operations again; none was done.");
  static final ProblemType EDIT_BREAKS_DRAFT =
      new ProblemType(
          "edit-breaks-draft",
          422,
          "The draft would be broken afterwards",
          "Choose other operations, or repair the draft first; none was done.");
  static final ProblemType ARCHIVE_REFUSED =
      new ProblemType(
          "archive-refused",
          422,
          "The archive cannot be taken for a draft",
          "Send a zip archive with one folder of a draft in it, as it is downloaded here.");
  static final ProblemType FILE_NOT_FOUND =
      new ProblemType(
          "file-not-found",
          404,
          "There is no such file",
          "Look the names up under the materials of the draft.");

  static final ProblemType DOWNLOADS_NOT_FOUND =
      new ProblemType(
          "downloads-not-found",
          404,
          "The draft has no such downloads under way",
          "Look at /api/v1/draft/downloads for those under way, and at the files of the draft.");
  static final ProblemType LIMITS_INVALID =
      new ProblemType(
          "download-limits-invalid",
          422,
          "The limits cannot be used",
          "Give 1 to 10000 files, and 0 or at least 65536 bytes a second.");
  static final ProblemType DRAFT_OVER =
      new ProblemType(
          "draft-over",
          409,
          "The draft does not allow this any more",
          "Look at the state of the draft; one that is ready is made again by its regenerate.");
  static final ProblemType RULE_GROUP_NOT_FOUND =
      new ProblemType(
          "rule-group-not-found",
          404,
          "There is no such rule group",
          "Look up the ids at /api/v1/draft/rule-groups.");
  static final ProblemType RULE_GROUP_EXISTS =
      new ProblemType(
          "rule-group-exists",
          409,
          "There is a rule group of this id already",
          "Choose another id, or replace the group by PUT.");
  static final ProblemType RULE_GROUP_CHANGED =
      new ProblemType(
          "rule-group-changed",
          409,
          "Somebody has changed the rule group meanwhile",
          "Read the group again and send your change with its present version.");
  static final ProblemType RULE_GROUP_INVALID =
      new ProblemType(
          "rule-group-invalid",
          422,
          "The rule group cannot be used",
          "Mend every place listed in 'errors' and send the group again.");
  static final ProblemType RECORD_NOT_FOUND =
      new ProblemType(
          "generation-record-not-found",
          404,
          "There is no such record",
          "Look up the names at /api/v1/draft/generation-records.");
  static final ProblemType RECORD_IN_USE =
      new ProblemType(
          "generation-record-in-use",
          409,
          "The record's draft is still there",
          "Let the clean-up remove the draft first, or keep the record.");
  static final ProblemType RECIPE_UNREACHABLE =
      new ProblemType(
          "recipe-unreachable",
          422,
          "The recipe cannot be fetched from its link",
          "Check that the link serves a recipe as JSON to everybody, then send it again.");
  static final ProblemType BATCH_NOT_FOUND =
      new ProblemType(
          "draft-batch-not-found",
          404,
          "There is no such batch of drafts",
          "Look up the ids at /api/v1/draft/batches.");

  private DraftProblems() {}

  /** The problem of work that was refused. */
  static ProblemException of(RefusedException refused) {
    ProblemType type =
        switch (refused.reason()) {
          case NOT_FOUND -> DRAFT_NOT_FOUND;
          case UNREADABLE -> DRAFT_UNREADABLE;
          case IMPOSSIBLE -> EDIT_IMPOSSIBLE;
          case ARCHIVE -> ARCHIVE_REFUSED;
          case BREAKS -> EDIT_BREAKS_DRAFT;
        };
    return type.because(
        sentence(String.valueOf(refused.getMessage())),
        refused.faults().stream()
            .map(fault -> new Fault(fault.pointer(), fault.detail(), fault.code()))
            .toList());
  }

  static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0))
        + words.substring(1)
        + (words.endsWith(".") ? "" : ".");
  }

  /** A name as it stands in a path. */
  static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
