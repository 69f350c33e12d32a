package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.records.FileRow;
import java.util.List;

/**
 * What became of the files of a draft.
 *
 * @param files all of them, here, failed, or still waiting
 * @param stopped whether somebody stopped some that are waiting
 */
record FetchOutcome(List<FileRow> files, boolean stopped) {}
