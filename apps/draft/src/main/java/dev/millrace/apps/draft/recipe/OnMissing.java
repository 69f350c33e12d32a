package dev.millrace.apps.draft.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What becomes of an item whose file cannot be had. */
public enum OnMissing {
  /** The whole draft fails and names every such file. */
  FAIL("fail"),
  /** The item is left out and listed. */
  SKIP("skip"),
  /** A grey picture or silence takes its place, and it is listed. */
  PLACEHOLDER("placeholder");

  private final String word;

  OnMissing(String word) {
    this.word = word;
  }

  /** The word for it in a recipe. */
  public String word() {
    return word;
  }

  static Optional<OnMissing> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(OnMissing::word).toList();
  }
}
