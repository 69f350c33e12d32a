package dev.millrace.apps.draft.format;

import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code draft_meta_info.json}: what the client's list of drafts shows, and the files in its
 * media panel. Thread-safe.
 */
public final class MetaWriter {
  private final Draft draft;
  private final JsonOut json;

  private MetaWriter(Draft draft, JsonOut json) {
    this.draft = draft;
    this.json = json;
  }

  /**
   * Writes the whole document as UTF-8 and leaves {@code out} open.
   *
   * @param folder path of the draft's folder on the machine of the editor, with forward slashes
   * @param root path of the folder that holds all drafts there
   */
  public static void write(
      Draft draft, String folder, String root, Instant created, OutputStream out) {
    JsonGenerator generator = Documents.open(out);
    try (generator) {
      JsonOut json = new JsonOut(generator);
      json.object(() -> new MetaWriter(draft, json).document(folder, root, created));
    }
  }

  private void document(String folder, String root, Instant created) {
    long createdMicros = ChronoUnit.MICROS.between(Instant.EPOCH, created);
    json.blanks("cloud_package_completed_time", "draft_cloud_capcut_purchase_info")
        .flag("draft_cloud_last_action_download", false)
        .emptyLists("draft_cloud_materials")
        .blanks(
            "draft_cloud_purchase_info",
            "draft_cloud_template_id",
            "draft_cloud_tutorial_info",
            "draft_cloud_videocut_purchase_info")
        .text("draft_cover", draft.covered() ? Draft.COVER : "")
        .blanks("draft_deeplink_url")
        .object("draft_enterprise_info", this::enterprise)
        .text("draft_fold_path", folder)
        .text("draft_id", draft.id())
        .flags(
            false,
            "draft_is_ai_packaging_used",
            "draft_is_ai_shorts",
            "draft_is_ai_translate",
            "draft_is_article_video_draft")
        .text("draft_is_from_deeplink", "false")
        .flag("draft_is_invisible", false)
        .list("draft_materials", () -> materials(createdMicros))
        .emptyLists("draft_materials_copied_info")
        .text("draft_name", draft.name())
        .blanks("draft_new_version", "draft_removable_storage_device")
        .text("draft_root_path", root)
        .emptyLists("draft_segment_extra_info")
        .blanks("draft_type", "tm_draft_cloud_completed")
        .whole("tm_draft_cloud_modified", 0)
        .whole("tm_draft_create", createdMicros)
        .whole("tm_draft_modified", createdMicros)
        .whole("tm_draft_removed", 0)
        .whole("tm_duration", draft.durationMicros());
  }

  private void enterprise() {
    json.blanks("draft_enterprise_extra", "draft_enterprise_id", "draft_enterprise_name")
        .emptyLists("enterprise_material");
  }

  private void materials(long createdMicros) {
    for (int type : new int[] {0, 1, 2, 3, 6, 7, 8}) {
      json.object(() ->
          json.whole("type", type)
              .list(
                  "value",
                  () -> {
                    if (type == 0) {
                      draft.media().forEach(media -> file(media, createdMicros));
                    }
                  }));
    }
  }

  /** {@code metetype} is spelled so by the client. */
  private void file(Media media, long createdMicros) {
    long createdSeconds = createdMicros / 1_000_000;
    json.object(() ->
        json.whole("create_time", createdSeconds)
            .whole("duration", media.durationMicros())
            .text("extra_info", media.fileName())
            .text("file_Path", media.path())
            .whole("height", media.height())
            .text("id", media.id())
            .whole("import_time", createdSeconds)
            .whole("import_time_ms", createdMicros)
            .whole("item_source", 1)
            .blanks("md5")
            .text(
                "metetype",
                switch (media.kind()) {
                  case VIDEO -> "video";
                  case PHOTO -> "photo";
                  case AUDIO -> "music";
                })
            .object("roughcut_time_range", this::unknownRange)
            .object("sub_time_range", this::unknownRange)
            .whole("type", 0)
            .whole("width", media.width()));
  }

  private void unknownRange() {
    json.whole("start", -1).whole("duration", -1);
  }
}
