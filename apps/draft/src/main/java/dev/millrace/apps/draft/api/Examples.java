package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.apps.draft.timeline.Note;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples of the API document. */
final class Examples {
  static final String NAME = "竖屏人物图片_20261122_023000_k3f9q2";
  static final String TASK = "0192f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50";
  static final Instant CREATED = Instant.parse("2026-11-22T02:30:00Z");

  static final DraftAccepted ACCEPTED = new DraftAccepted(TASK, NAME, "/api/v1/tasks/" + TASK);

  static final DraftSummary SUMMARY =
      new DraftSummary(
          NAME,
          "竖屏人物图片",
          DraftState.READY,
          TASK,
          CREATED,
          CREATED.plusSeconds(4),
          4,
          3,
          5_242_880,
          7_000_000,
          1,
          0,
          null);

  static final DraftView VIEW =
      new DraftView(
          NAME,
          "竖屏人物图片",
          DraftState.READY,
          TASK,
          CREATED,
          CREATED.plusSeconds(4),
          4,
          3,
          5_242_880,
          7_000_000,
          List.of(
              new Note(
                  "/testData/items/2/data/duration",
                  "clip-shortened",
                  "shows for 5 s, because its file lasts only 5 s")),
          List.<Fault>of(),
          null);

  static final FileView FILE =
      new FileView(
          0,
          "https://cdn.example.com/1.jpg",
          "done",
          204_800,
          null,
          null,
          "photo",
          "JPEG",
          1080,
          1920,
          null);

  static final DraftVerdict VERDICT =
      new DraftVerdict(
          true,
          0,
          1,
          List.of(
              new DraftVerdict.FindingView(
                  "main-track-gap",
                  "warning",
                  "the main track begins at 0 and has no gap",
                  "draft_content.json",
                  "/tracks/0/segments/1/target_timerange/start",
                  "is 4000000, but the track is empty from 3500000 on")));

  private Examples() {}

  static ObjectNode recipe() {
    try (InputStream in = Examples.class.getResourceAsStream("recipe.json")) {
      if (in == null) {
        throw new IllegalStateException("the example recipe.json is not in the jar");
      }
      return (ObjectNode) JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
