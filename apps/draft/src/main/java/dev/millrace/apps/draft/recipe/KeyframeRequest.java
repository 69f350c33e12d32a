package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.KeyframeProperty;

/**
 * A value at a moment.
 *
 * @param index place in the item's list; negative if it is shared by several items
 * @param micros from the start of the item
 */
public record KeyframeRequest(int index, KeyframeProperty property, long micros, double value) {
  /** The same for items of any length: what lies beyond the end of one is cut off there. */
  KeyframeRequest shared() {
    return new KeyframeRequest(-1, property, micros, value);
  }
}
