package dev.millrace.server.tasks;

import dev.millrace.server.tasks.BatchWire.BatchDetail;
import dev.millrace.server.tasks.BatchWire.BatchItem;
import dev.millrace.server.tasks.BatchWire.SubmitBatch;
import java.time.Instant;
import java.util.List;

/** The examples of batches in the API document. */
final class BatchExamples {
  static final String ID = TaskExamples.ID;
  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");

  static final SubmitBatch SUBMIT =
      new SubmitBatch(
          "thumbnails", List.of(SubmitTask.EXAMPLE), SubmitTask.EXAMPLE, null, null, false);
  static final BatchItem ITEM =
      new BatchItem(ID, "thumbnails", null, true, false, 3, 1, 2, 0, 0, AT, null);
  static final BatchDetail DETAIL = new BatchDetail(ITEM, "sample.steps", null, null);

  private BatchExamples() {}
}
