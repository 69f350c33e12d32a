package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.document.EditException;
import dev.millrace.apps.draft.document.Extend;
import dev.millrace.apps.draft.document.Operation;
import dev.millrace.apps.draft.document.Shrink;
import dev.millrace.apps.draft.edit.FileChoice;
import dev.millrace.apps.draft.edit.Intake;
import dev.millrace.apps.draft.edit.Preparation;
import dev.millrace.apps.draft.edit.RefusedException;
import dev.millrace.apps.draft.subtitle.Cue;
import dev.millrace.apps.draft.subtitle.SubtitleReader;
import dev.millrace.apps.draft.subtitle.UnusableSubtitlesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the operations of an edit. */
final class EditSteps {
  private static final double MICROS = 1_000_000;

  private EditSteps() {}

  static List<Preparation> of(List<EditBody.Step> steps) {
    return steps.stream().<Preparation>map(step -> intake -> operation(step, intake)).toList();
  }

  private static Operation operation(EditBody.Step step, Intake intake)
      throws EditException, IOException, InterruptedException, RefusedException {
    String title = step.title();
    return switch (step.type()) {
      case REPLACE_MATERIAL -> replacement(step, intake);
      case REPLACE_TEXT -> text(step);
      case IMPORT_TRACK ->
          new Operation.ImportTrack(
              intake.draft(needed(step.draft(), "draft")),
              needed(step.track(), "track"),
              micros(step.start()),
              title);
      case IMPORT_SUBTITLES ->
          new Operation.ImportSubtitles(cues(step, intake), micros(step.start()), title);
      case APPEND_DRAFT -> new Operation.Append(intake.draft(needed(step.draft(), "draft")));
      case LAYER_DRAFT ->
          new Operation.Layer(intake.draft(needed(step.draft(), "draft")), micros(step.start()));
      case ADD_PIECES -> {
        PiecesView pieces = step.pieces();
        if (pieces == null) {
          throw missing("pieces", "send what /subdrafts gave");
        }
        yield new Operation.AddPieces(intake.pieces(pieces.pieces()), micros(step.start()));
      }
    };
  }

  private static Operation replacement(EditBody.Step step, Intake intake)
      throws EditException, IOException, InterruptedException {
    String name = step.name();
    String segment = step.segment();
    if ((name == null) == (segment == null)) {
      throw new EditException(
          "/name",
          "field-missing",
          "give either the name of a material or the id of a segment, not "
              + (name == null ? "none of them" : "both"));
    }
    FileChoice choice = new FileChoice(step.link(), step.draft(), step.file(), null);
    Shrink shrink = step.shrink() == null ? Shrink.CUT_TAIL : step.shrink();
    Extend extend = step.extend() == null ? Extend.CUT : step.extend();
    if (name != null) {
      return new Operation.ReplaceByName(name, intake.media(choice), shrink, extend);
    }
    Double source = step.sourceDuration();
    return new Operation.ReplaceBySegment(
        segment == null ? "" : segment,
        intake.media(choice),
        micros(step.sourceStart()),
        source == null ? null : Long.valueOf(micros(source)),
        shrink,
        extend);
  }

  private static Operation text(EditBody.Step step) throws EditException {
    if ((step.segment() == null) == (step.find() == null)) {
      throw new EditException(
          "/segment",
          "field-missing",
          "give either the id of a segment, or in 'find' the words to replace");
    }
    return new Operation.ReplaceText(step.segment(), step.find(), needed(step.text(), "text"));
  }

  private static List<Cue> cues(EditBody.Step step, Intake intake)
      throws EditException, IOException, InterruptedException {
    String text = step.text();
    byte[] file =
        text != null
            ? text.getBytes(StandardCharsets.UTF_8)
            : intake.bytes(
                new FileChoice(step.link(), step.draft(), step.file(), null),
                SubtitleReader.MOST_BYTES);
    try {
      return SubtitleReader.read(file);
    } catch (UnusableSubtitlesException e) {
      throw new EditException(
          text != null ? "/text" : step.link() != null ? "/link" : "/file",
          "subtitles-unusable",
          String.valueOf(e.getMessage()));
    }
  }

  private static String needed(@Nullable String value, String field) throws EditException {
    if (value == null) {
      throw missing(field, "this operation needs it");
    }
    return value;
  }

  private static EditException missing(String field, String remedy) {
    return new EditException("/" + field, "field-missing", "is missing; " + remedy);
  }

  private static long micros(@Nullable Double seconds) {
    return seconds == null ? 0 : Math.round(seconds * MICROS);
  }
}
