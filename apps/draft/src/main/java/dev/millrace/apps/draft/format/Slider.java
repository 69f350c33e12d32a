package dev.millrace.apps.draft.format;

/**
 * How an effect is adjusted.
 *
 * @param standard where the client puts it
 * @param value where it stands, from {@code min} to {@code max}
 */
public record Slider(
    String name, int index, double standard, double min, double max, double value) {}
