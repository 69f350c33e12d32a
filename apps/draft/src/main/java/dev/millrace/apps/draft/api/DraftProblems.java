package dev.millrace.apps.draft.api;

import dev.millrace.http.ProblemType;

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

  private DraftProblems() {}
}
