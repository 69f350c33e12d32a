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

  private DraftProblems() {}
}
