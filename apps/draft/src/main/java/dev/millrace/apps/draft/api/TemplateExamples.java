package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.timeline.Note;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples of the endpoints that work on drafts. */
final class TemplateExamples {
  private static final String NAME = "竖屏人物图片_20261122_023000_k3f9q2";
  private static final String SEGMENT = "6F1B3B3C-9D0B-4D8E-8C43-0C6B1D1E8F20";
  private static final String MATERIAL_ID = "0E7E4A62-5B1C-4F0A-9F0E-2B7A3D5C9A11";
  private static final String TRACK = "B0C2E5D4-1A2B-4C3D-9E8F-7A6B5C4D3E2F";
  private static final String FILE = "3f2a1b0c_1.jpg";

  static final DraftMade MADE =
      new DraftMade(
          "竖屏人物图片_20261123_010000_p8d2xa",
          List.of(
              new Note(
                  "/operations/0",
                  "transition-dropped",
                  "the transition \"叠化\" is left out, because the segments on both sides of it no"
                      + " longer touch")),
          null);

  static final EditBody EDIT =
      new EditBody(
          false,
          "夏季新品",
          List.of(
              new EditBody.Step(
                  EditKind.REPLACE_MATERIAL,
                  FILE,
                  null,
                  "https://cdn.example.com/summer.jpg",
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null),
              new EditBody.Step(
                  EditKind.REPLACE_TEXT,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  "新品上市",
                  "夏季特惠",
                  null,
                  null,
                  null,
                  null)));

  static final MergeBody MERGE =
      new MergeBody(List.of(NAME, "片尾_20261120_090000_a1b2c3"), MergeBody.Mode.SEQUENCE, "全片");

  static final SubDraftBody PIECES_WANTED = new SubDraftBody(NAME, List.of(TRACK), null, 0.0, 10.0);

  static final TracksView TRACKS =
      new TracksView(
          7_000_000,
          1080,
          1920,
          List.of(
              new TrackView(
                  TRACK,
                  "video",
                  "",
                  0L,
                  false,
                  List.of(
                      new TrackView.SegmentView(
                          SEGMENT,
                          MATERIAL_ID,
                          FILE,
                          null,
                          0L,
                          3_500_000L,
                          0L,
                          3_500_000L,
                          1.0,
                          1.0)))));

  static final MaterialView MATERIAL =
      new MaterialView(
          MATERIAL_ID,
          "videos",
          FILE,
          null,
          "D:/JianyingPro/Drafts/" + NAME + "/Resources/" + FILE,
          "Resources/" + FILE,
          MaterialView.FileState.PRESENT,
          204_800L,
          1080,
          1920,
          10_800_000_000L,
          1);

  private TemplateExamples() {}

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  static ObjectNode document() {
    return json(
        """
        {"canvas_config": {"height": 1920, "ratio": "original", "width": 1080},
         "duration": 7000000, "fps": 30.0, "materials": {"videos": []}, "tracks": []}\
        """);
  }

  static PiecesView pieces() {
    ObjectNode segment =
        json(
            """
            {"id": "%s", "material_id": "%s", "extra_material_refs": [],
             "target_timerange": {"start": 0, "duration": 3500000}}\
            """
                .formatted(SEGMENT, MATERIAL_ID));
    ObjectNode material =
        json(
            """
            {"id": "%s", "material_name": "%s", "type": "photo",
             "path": "D:/JianyingPro/Drafts/demo/Resources/%s"}\
            """
                .formatted(MATERIAL_ID, FILE, FILE));
    return new PiecesView(
        List.of(
            new PiecesView.Segment(
                TRACK, "video", "", 0, null, MATERIAL_ID, segment, material, "videos", Map.of())),
        List.of(new PiecesView.Material(MATERIAL_ID, "videos", material)));
  }
}
