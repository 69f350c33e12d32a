package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.edit.DraftEditor;
import dev.millrace.apps.draft.edit.DraftImport;
import dev.millrace.apps.draft.edit.Edited;
import dev.millrace.apps.draft.folder.OwnFiles;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The endpoints for the folders of drafts: what comes in as an archive, and single files. */
public final class FolderEndpoints {
  /** Of an archive as it is sent. */
  private static final long MOST_ARCHIVE_BYTES = 4L << 30;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("wav", "audio/wav"),
          Map.entry("flac", "audio/flac"),
          Map.entry("json", "application/json"));

  private final DraftEditor editor;
  private final DraftImport imports;

  public FolderEndpoints(DraftEditor editor, DraftImport imports) {
    this.editor = editor;
    this.imports = imports;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(take(), preview());
  }

  private Endpoint take() {
    return Endpoint.post("/api/v1/draft/drafts/import")
        .id("importDraft")
        .tags("draft")
        .summary("Take in a draft as a zip archive")
        .description(
            "The archive holds one folder with the draft, as it is downloaded here. It is refused"
                + " as a whole for names that lead outside, links, and what unpacks to far more"
                + " than it should. The draft gets a name and an id of its own; check it"
                + " afterwards.")
        .stream("application/zip", MOST_ARCHIVE_BYTES)
        .query(ImportQuery.class)
        .answers(201, DraftMade.class, TemplateExamples.MADE)
        .problems(DraftProblems.ARCHIVE_REFUSED, DraftProblems.DRAFT_UNREADABLE)
        .handle(request -> {
          try (InputStream archive = request.body()) {
            Edited edited =
                TemplateEndpoints.work(() -> imports.take(archive, request.query().title()));
            return Reply.created(
                "/api/v1/draft/drafts/" + DraftProblems.escaped(edited.name()),
                TemplateEndpoints.view(edited));
          }
        });
  }

  private Endpoint preview() {
    return Endpoint.get("/api/v1/draft/files/preview")
        .id("previewFile")
        .tags("draft")
        .summary("Look at a file of a draft")
        .description(
            "Only files within the folder of the draft, and never through links. Answers ranges,"
                + " so that players can jump.")
        .query(PreviewQuery.class)
        .answersContent(200, "application/octet-stream", "The file", null)
        .problems(DraftProblems.DRAFT_NOT_FOUND, DraftProblems.FILE_NOT_FOUND)
        .handle(request -> {
          String name = request.query().file();
          Path folder = TemplateEndpoints.work(() -> editor.folder(request.query().draft()));
          Path file =
              OwnFiles.of(folder, List.of())
                  .file(name)
                  .orElseThrow(() ->
                      DraftProblems.FILE_NOT_FOUND.because(
                          "The draft '"
                              + request.query().draft()
                              + "' has no file '"
                              + name
                              + "' of its own."));
          return Reply.file(file, type(name))
              .header("X-Content-Type-Options", "nosniff")
              .header("Content-Security-Policy", "sandbox");
        });
  }

  /** By the ending; what is not known is never shown by a browser. */
  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }
}
