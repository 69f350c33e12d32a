package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.document.DocumentJson;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Outline;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.document.SubDraft;
import dev.millrace.apps.draft.edit.DraftEditor;
import dev.millrace.apps.draft.edit.Edited;
import dev.millrace.apps.draft.edit.RefusedException;
import dev.millrace.apps.draft.folder.OwnFiles;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints that look into drafts and make others out of them. Thread-safe. */
public final class TemplateEndpoints {
  private static final String DRAFTS = "/api/v1/draft/drafts";
  private static final String DRAFT = DRAFTS + "/{name}";

  /** Pieces of a draft of 10,000 segments. */
  private static final long MOST_BYTES = 64L << 20;

  private final DraftEditor editor;

  public TemplateEndpoints(DraftEditor editor) {
    this.editor = editor;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(raw(), tracks(), materials(), duplicate(), edit(), merge(), pieces());
  }

  private Endpoint raw() {
    return named(Endpoint.get(DRAFT + "/raw"))
        .id("draftDocument")
        .summary("Read the document of a draft")
        .description("`draft_content.json` as it is, with everything that its maker put there.")
        .answers(200, ObjectNode.class, TemplateExamples.document())
        .handle(request -> {
          DraftDocument draft = read(request.path("name"));
          return Reply.bytes(200, DocumentJson.bytes(draft.content()), "application/json");
        });
  }

  private Endpoint tracks() {
    return named(Endpoint.get(DRAFT + "/tracks"))
        .id("draftTracks")
        .summary("List the tracks of a draft with their segments")
        .answers(200, TracksView.class, TemplateExamples.TRACKS)
        .handle(request -> Reply.ok(Outlines.tracks(read(request.path("name")))));
  }

  private Endpoint materials() {
    return named(Endpoint.get(DRAFT + "/materials"))
        .id("draftMaterials")
        .summary("List the materials of a draft and the state of their files")
        .query(MaterialList.class)
        .answersPage(MaterialView.class, TemplateExamples.MATERIAL)
        .handle(request -> {
          String name = request.path("name");
          MaterialList query = request.query();
          Cursor<MaterialList.Key> cursor =
              Cursor.of("draft-materials", name + "/" + query.list(), MaterialList.Key.class);
          MaterialList.Key key = cursor.decode(query.cursor());
          DraftDocument draft = read(name);
          Path folder = folder(name);
          List<Outline.Entry> all = Outlines.materials(draft, query.list());
          int from = key == null ? 0 : Math.clamp(key.after(), 0, all.size());
          int to = Math.min(all.size(), from + query.limit());
          OwnFiles own = OwnFiles.of(folder, Settling.homes(draft, folder));
          List<MaterialView> page = new ArrayList<>();
          for (Outline.Entry entry : all.subList(from, to)) {
            page.add(Outlines.material(entry, folder, own));
          }
          String next = to < all.size() ? cursor.encode(new MaterialList.Key(to)) : null;
          return Reply.ok(new Page<>(page, next));
        });
  }

  private Endpoint duplicate() {
    return named(Endpoint.post(DRAFT + "/duplicate"))
        .id("duplicateDraft")
        .summary("Make a draft that is a copy of another")
        .description("It has an id and files of its own: an edit of one never changes the other.")
        .optionalBody(DuplicateBody.class, new DuplicateBody("竖屏人物图片 B"), new DuplicateBody(null))
        .answers(201, DraftMade.class, TemplateExamples.MADE)
        .problems(DraftProblems.EDIT_BREAKS_DRAFT)
        .handle(request ->
            made(
                work(() -> editor.toNew(request.path("name"), request.body().title(), List.of()))));
  }

  private Endpoint edit() {
    return named(Endpoint.post(DRAFT + "/edits"))
        .id("editDraft")
        .summary("Do operations to a draft")
        .description(
            "All operations are done, in their order, or none of them. The result is a new draft,"
                + " or the draft itself if 'inPlace' says so; then the old document stays beside"
                + " it. A result that breaks a rule of the checker which the draft kept is refused."
                + " What each operation takes is told in docs/draft.md.")
        .body(EditBody.class, TemplateExamples.EDIT)
        .maxBody(MOST_BYTES)
        .answers(200, DraftMade.class, TemplateExamples.MADE)
        .problems(DraftProblems.EDIT_IMPOSSIBLE, DraftProblems.EDIT_BREAKS_DRAFT)
        .handle(request -> {
          EditBody body = request.body();
          String name = request.path("name");
          return Reply.ok(
              view(
                  work(() ->
                      body.inPlace()
                          ? editor.inPlace(name, EditSteps.of(body.operations()))
                          : editor.toNew(name, body.title(), EditSteps.of(body.operations())))));
        });
  }

  private Endpoint merge() {
    return Endpoint.post(DRAFTS + "/merge")
        .id("mergeDrafts")
        .tags("draft")
        .summary("Make one draft out of several")
        .body(MergeBody.class, TemplateExamples.MERGE)
        .answers(201, DraftMade.class, TemplateExamples.MADE)
        .problems(
            DraftProblems.DRAFT_NOT_FOUND,
            DraftProblems.DRAFT_UNREADABLE,
            DraftProblems.EDIT_IMPOSSIBLE,
            DraftProblems.EDIT_BREAKS_DRAFT)
        .handle(request -> {
          MergeBody body = request.body();
          EditKind kind =
              body.mode() == MergeBody.Mode.LAYERS ? EditKind.LAYER_DRAFT : EditKind.APPEND_DRAFT;
          List<EditBody.Step> steps =
              body.drafts().stream().skip(1).map(draft -> step(kind, draft)).toList();
          return made(
              work(
                  () -> editor.toNew(body.drafts().getFirst(), body.title(), EditSteps.of(steps))));
        });
  }

  private static EditBody.Step step(EditKind kind, String draft) {
    return new EditBody.Step(
        kind, null, null, null, draft, null, null, null, null, null, null, null, null, null, null,
        null);
  }

  private Endpoint pieces() {
    return Endpoint.post("/api/v1/draft/subdrafts")
        .id("extractPieces")
        .tags("draft")
        .summary("Take pieces out of a draft")
        .description(
            "Segments with everything that they refer to, and their materials, in the form in which"
                + " recipes and edits take them. The draft stays as it is.")
        .body(SubDraftBody.class, TemplateExamples.PIECES_WANTED)
        .answers(200, PiecesView.class, TemplateExamples.pieces())
        .problems(DraftProblems.DRAFT_NOT_FOUND, DraftProblems.DRAFT_UNREADABLE)
        .handle(request -> {
          SubDraftBody body = request.body();
          DraftDocument draft = read(body.draft());
          Predicate<ObjectNode> tracks =
              SubDraft.tracks(body.tracks() == null ? List.of() : body.tracks());
          return Reply.ok(
              PiecesView.of(
                  SubDraft.extract(
                      draft, (track, segment) -> tracks.test(track) && wants(body, segment))));
        });
  }

  private static boolean wants(SubDraftBody body, ObjectNode segment) {
    List<String> ids = body.segments();
    long start = segment.path("target_timerange").path("start").asLong(0);
    return (ids == null || ids.contains(segment.path("id").asString("")))
        && (body.from() == null || start >= body.from() * 1_000_000)
        && (body.to() == null || start < body.to() * 1_000_000);
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("name", "Name of the draft.", "竖屏人物图片_20261122_023000_k3f9q2")
        .problems(DraftProblems.DRAFT_NOT_FOUND, DraftProblems.DRAFT_UNREADABLE);
  }

  private DraftDocument read(String name) throws IOException, InterruptedException {
    return work(() -> editor.read(name));
  }

  private Path folder(String name) throws IOException, InterruptedException {
    return work(() -> editor.folder(name));
  }

  private static Reply made(Edited edited) {
    return Reply.created(
        "/api/v1/draft/drafts/" + DraftProblems.escaped(edited.name()), view(edited));
  }

  static DraftMade view(Edited edited) {
    return new DraftMade(edited.name(), edited.notes(), edited.oldContent());
  }

  /** Work on drafts. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException, RefusedException;
  }

  /** Does it, and turns its refusal into a problem. */
  static <T> T work(Work<T> work) throws IOException, InterruptedException {
    try {
      return work.run();
    } catch (RefusedException e) {
      throw DraftProblems.of(e);
    }
  }
}
