package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The endpoints of the catalogue. Thread-safe. */
public final class CatalogEndpoints {
  private static final String CATALOG = "/api/v1/draft/catalog";

  private static final Effect EXAMPLE =
      new Effect(
          EffectKind.TRANSITION,
          "叠化",
          500_000,
          "6724845717472416269",
          "322577",
          true,
          "",
          List.of());

  private final Catalogue catalogue;

  public CatalogEndpoints(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(kinds(), entries());
  }

  private Endpoint kinds() {
    return Endpoint.get(CATALOG)
        .id("draftCatalogKinds")
        .tags("draft")
        .summary("List the kinds of effects that recipes may name")
        .description(
            "Kinds without entries are those whose ids are not shipped: give a file of your own"
                + " (`draft.catalogue`), or ids in the recipe.")
        .answersPage(CatalogKind.class, new CatalogKind("transition", 9))
        .handle(_ ->
            Reply.ok(
                new Page<>(
                    Arrays.stream(EffectKind.values())
                        .map(kind -> new CatalogKind(kind.word(), catalogue.names(kind).size()))
                        .toList(),
                    null)));
  }

  private Endpoint entries() {
    return Endpoint.get(CATALOG + "/{kind}")
        .id("draftCatalog")
        .tags("draft")
        .summary("List the effects of a kind that recipes may name")
        .path("kind", "A kind, such as `transition`.", "transition")
        .query(CatalogQuery.class)
        .answersPage(CatalogEntry.class, CatalogEntry.of(EXAMPLE))
        .problems(DraftProblems.CATALOG_KIND_NOT_FOUND)
        .handle(request -> {
          EffectKind kind = kind(request.path("kind"));
          CatalogQuery query = request.query();
          String wanted = query.q() == null ? "" : query.q().strip().toLowerCase(Locale.ROOT);
          Cursor<CatalogQuery.Key> cursor =
              Cursor.of("draft-catalog", kind.word() + " " + wanted, CatalogQuery.Key.class);
          CatalogQuery.Key key = cursor.decode(query.cursor());
          int done = key == null ? 0 : Math.max(0, key.done());
          List<Effect> found =
              catalogue.effects(kind).stream()
                  .filter(effect -> effect.name().toLowerCase(Locale.ROOT).contains(wanted))
                  .skip(done)
                  .limit(query.limit() + 1L)
                  .toList();
          boolean more = found.size() > query.limit();
          return Reply.ok(
              new Page<>(
                  found.stream().limit(query.limit()).map(CatalogEntry::of).toList(),
                  more ? cursor.encode(new CatalogQuery.Key(done + query.limit())) : null));
        });
  }

  private static EffectKind kind(String word) {
    return EffectKind.of(word)
        .orElseThrow(() ->
            DraftProblems.CATALOG_KIND_NOT_FOUND.because(
                "There is no kind '"
                    + word
                    + "'; did you mean "
                    + Nearest.sentence(word, EffectKind.words())
                    + "?"));
  }
}
