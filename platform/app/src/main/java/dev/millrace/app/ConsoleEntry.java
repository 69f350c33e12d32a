package dev.millrace.app;

/**
 * An application's entry in the console's rail.
 *
 * @param path where its page is, such as {@code /drafts}
 * @param english its title in English
 * @param chinese its title in Chinese
 */
public record ConsoleEntry(String path, String english, String chinese) {}
