package dev.millrace.apps.draft.check;

import java.util.Locale;

/** What must hold for a draft. */
public enum Rule {
  DOCUMENT_READABLE("draft_content.json is there and is a JSON object"),
  DOCUMENTS_EQUAL("draft_info.json holds the same as draft_content.json"),
  FIELD_REQUIRED("every field that the client needs is there, in the right kind"),
  LIST_REQUIRED("every list of materials is there, empty or not"),
  IDS_UNIQUE("no two tracks, segments or materials share an id"),
  TRACK_TYPE("every track is of a known type"),
  MATERIAL_RESOLVES("a segment's material is in the list that fits its track"),
  REFERENCE_RESOLVES("everything that a segment refers to exists"),
  REFERENCE_ORDER("the references of a segment stand in the client's order"),
  REFERENCE_UNSHARED("no two segments share a speed, transition, fade or animation"),
  TIME_WHOLE("times are whole microseconds, not negative, and nothing lasts for none"),
  NO_OVERLAP("no two segments of a track play at one time"),
  SOURCE_FITS("a clip takes no more than its file holds"),
  SOURCE_SPEED("what a clip takes is its length on the timeline times its speed"),
  SPEED_AGREES("a segment and its speed object name one speed"),
  VALUE_RANGE("speeds, volumes, opacities and scales are within the client's bounds"),
  CLIP_FITS("what is seen has a place on the canvas, what is only heard has none"),
  RENDER_INDEX("the segments of a track share a render index, and tracks ascend by it"),
  DURATION_TOTAL("the draft lasts until its last segment ends"),
  TRANSITION_TOUCHES("a transition leads to a segment that begins where its own ends"),
  TRANSITION_SHORT("a transition takes at most half of the shorter of its segments"),
  ANIMATION_FITS("animations lie within their segment, one of a kind, a group alone"),
  FADE_FITS("fades take no longer than their segment"),
  ATTACHMENT_FITS(
      "masks, backgrounds, filters and effects are on tracks where they mean something"),
  EFFECT_TARGET("an effect says whether it is meant for its segment or for all below its track"),
  EFFECT_CATEGORY("effects on a sound are one of a category, each with the number of its own"),
  EFFECT_PARAMS("the sliders of an effect stand between their ends"),
  EFFECT_IDS("what comes from the client's library carries the client's ids"),
  MASK_SANE("a mask has a size, a place and shares from 0 to 1"),
  BACKGROUND_SANE("a background is a blur from 0 to 1, a colour such as #RRGGBBAA, or a picture"),
  KEYFRAME_PROPERTY("keyframes move what their track has, each property once"),
  KEYFRAME_ORDER("keyframes ascend in time"),
  KEYFRAME_WITHIN("keyframes lie within their segment"),
  KEYFRAME_VALUE("keyframes have values within the bounds of their property"),
  KEYFRAME_SCALE("where both sides scale together, only the width has keyframes"),
  TEXT_READABLE("the content of a text is JSON with a text and styles"),
  TEXT_RANGES("the styles of a text cover its characters, without a gap or an overlap"),
  FILE_EXISTS("every file of a material is in the draft's own folder"),
  PATH_FORM("paths are absolute and use forward slashes"),
  META_READABLE("draft_meta_info.json is there and is a JSON object"),
  META_AGREES("the meta file names the same draft, folder, length and files"),
  COVER_THERE("the cover that the meta file names lies beside it and is a JPEG"),
  CANVAS_SANE("canvas and frame rate are positive"),
  KEYFRAME_KNOWN("every keyframe moves a property that this server knows", Severity.WARNING),
  MAIN_TRACK_GAP("the main track begins at 0 and has no gap", Severity.WARNING),
  META_UNUSED("every file that the meta file lists is used by a material", Severity.WARNING),
  UNUSED_MATERIAL("every material is used by a segment", Severity.WARNING),
  UNUSED_FILE("every file in Resources belongs to a material", Severity.WARNING);

  private final String holds;
  private final Severity severity;

  Rule(String holds) {
    this(holds, Severity.ERROR);
  }

  Rule(String holds, Severity severity) {
    this.holds = holds;
    this.severity = severity;
  }

  /** Stable word for programs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the rule demands, as a sentence. */
  public String holds() {
    return holds;
  }

  /** What the client does if it does not hold. */
  public String explanation() {
    return Explanation.of(this);
  }

  /** How bad it is if it does not hold. */
  public Severity severity() {
    return severity;
  }

  /** How bad a finding is. */
  public enum Severity {
    /** The client may refuse the draft or show something else than was asked for. */
    ERROR,
    /** The draft opens and shows what it should, but something is odd. */
    WARNING
  }
}
