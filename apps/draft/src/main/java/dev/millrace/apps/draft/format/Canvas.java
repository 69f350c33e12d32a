package dev.millrace.apps.draft.format;

/**
 * The picture area of a draft.
 *
 * @param width pixels
 * @param height pixels
 * @param ratio the client's name of its shape, "original" if it follows from the pixels
 */
public record Canvas(int width, int height, String ratio) {}
