package dev.millrace.apps.draft.check;

/**
 * What is to be expected of a draft that breaks a rule: why the rule is one. Every rule has one. It
 * is inferred from the format; the client itself was not run.
 */
final class Explanation {
  private Explanation() {}

  static String of(Rule rule) {
    return switch (rule) {
      case DOCUMENT_READABLE ->
          "The client takes the draft for broken, or does not list it. Clients of version 6 and"
              + " later encrypt what they save; nobody else can read that.";
      case DOCUMENTS_EQUAL ->
          "Windows reads draft_content.json and macOS draft_info.json, so the same draft looks"
              + " different on the two.";
      case FIELD_REQUIRED ->
          "The client, or a library that loads drafts, stops at the missing field and opens"
              + " nothing.";
      case LIST_REQUIRED -> "The client looks for each list by its name and may refuse the draft.";
      case IDS_UNIQUE ->
          "References lead to the wrong thing: the client finds one of the two and forgets the"
              + " other.";
      case TRACK_TYPE -> "The client does not know the track and leaves it out, or stops.";
      case MATERIAL_RESOLVES -> "The segment shows nothing, or the draft does not open.";
      case REFERENCE_RESOLVES ->
          "What the segment refers to is lost; a library that loads drafts stops there.";
      case REFERENCE_ORDER ->
          "The client writes references in one order and may take one for another kind.";
      case REFERENCE_UNSHARED ->
          "A change to one segment in the editor changes the other one as well.";
      case TIME_WHOLE -> "The client counts in whole microseconds; it cannot place the segment.";
      case NO_OVERLAP -> "Of two segments at one time on one track the client shows one, or stops.";
      case SOURCE_FITS -> "The clip ends in black, in silence, or on a frozen frame.";
      case SOURCE_SPEED ->
          "The client plays the clip faster or slower than the segment says, or moves its end.";
      case SPEED_AGREES -> "The client shows one speed and plays the other.";
      case VALUE_RANGE -> "The client's sliders cannot stand there; it takes the nearest end or 0.";
      case CLIP_FITS -> "The client cannot place the segment on the canvas.";
      case RENDER_INDEX -> "Tracks cover each other in another order than the list shows.";
      case DURATION_TOTAL -> "The export stops early or ends in black.";
      case TRANSITION_TOUCHES -> "There is nothing to lead over to; the client drops it.";
      case TRANSITION_SHORT -> "The transition runs into the next one; the client shortens it.";
      case ANIMATION_FITS -> "The animation is cut off or plays over another one.";
      case FADE_FITS -> "The sound never reaches its volume.";
      case ATTACHMENT_FITS -> "It has no effect where it is, and the panel does not show it.";
      case EFFECT_TARGET -> "The effect reaches more or less of the picture than was meant.";
      case EFFECT_CATEGORY -> "The client takes one effect of a category and drops the others.";
      case EFFECT_PARAMS -> "The client's sliders cannot stand there; it takes the nearest end.";
      case EFFECT_IDS -> "The client cannot find the effect in its library and shows none.";
      case MASK_SANE -> "The mask hides all or nothing of the picture.";
      case BACKGROUND_SANE -> "The background stays black.";
      case KEYFRAME_PROPERTY -> "The client ignores the keyframes, or shows only one of two lists.";
      case KEYFRAME_ORDER ->
          "The movement jumps back, or stops at the first keyframe out of order.";
      case KEYFRAME_WITHIN -> "The movement never ends; the keyframe cannot be selected.";
      case KEYFRAME_VALUE -> "The client's sliders cannot stand there; it takes the nearest end.";
      case KEYFRAME_SCALE -> "Width and height scale apart, although the lock is closed.";
      case TEXT_READABLE -> "The text is empty, or the draft does not open.";
      case TEXT_RANGES -> "Characters without a style fall back to the client's usual look.";
      case FILE_EXISTS -> "The client marks the material as lost and shows a placeholder.";
      case PATH_FORM -> "The client cannot find the file and marks the material as lost.";
      case META_READABLE -> "The client makes the entry of its list of drafts anew, or hides it.";
      case META_AGREES ->
          "The client's list of drafts shows another name, length or place, and its media panel"
              + " other files.";
      case COVER_THERE -> "The client's list of drafts shows an empty picture.";
      case META_UNUSED ->
          "The media panel shows files that are not on the timeline. It does no harm.";
      case CANVAS_SANE -> "There is no picture to draw on.";
      case KEYFRAME_KNOWN -> "Nothing, if the client knows the property; it was not checked.";
      case MAIN_TRACK_GAP ->
          "The client closes the gap as soon as somebody edits, and everything moves.";
      case UNUSED_MATERIAL -> "Nothing is shown of it. It only makes the document larger.";
      case UNUSED_FILE -> "Nothing is shown of it. It only makes the folder larger.";
    };
  }
}
