package dev.millrace.apps.draft.records;

import java.util.Locale;

/** Where a draft stands. */
public enum DraftState {
  /** Its task has not begun. */
  WAITING,
  /** Its task is at work, or about to try again. */
  BUILDING,
  /** It can be opened. */
  READY,
  /** It cannot be made; its problems say why. */
  FAILED,
  /** Somebody gave it up. */
  CANCELLED;

  /** How it is kept while the task decides between waiting and building. */
  static final String OPEN = "open";

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
