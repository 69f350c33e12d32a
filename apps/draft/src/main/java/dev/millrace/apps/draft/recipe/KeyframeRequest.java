package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.KeyframeProperty;

/**
 * A value at a moment.
 *
 * @param index place in the item's list
 * @param micros from the start of the item
 */
public record KeyframeRequest(int index, KeyframeProperty property, long micros, double value) {}
