package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.document.EditException;
import dev.millrace.apps.draft.document.Operation;
import java.io.IOException;

/** Makes an operation ready: fetches its files and reads its drafts. */
@FunctionalInterface
public interface Preparation {
  /**
   * The operation with all that it needs.
   *
   * @throws EditException if something is missing or cannot be had
   */
  Operation prepare(Intake intake)
      throws EditException, IOException, InterruptedException, RefusedException;
}
