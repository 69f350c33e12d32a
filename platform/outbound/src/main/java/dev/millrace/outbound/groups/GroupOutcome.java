package dev.millrace.outbound.groups;

import dev.millrace.outbound.DownloadException;
import dev.millrace.outbound.DownloadRequest;
import dev.millrace.outbound.Downloaded;

/** How a file of a group ended. */
public sealed interface GroupOutcome {
  /** What was asked for. */
  DownloadRequest request();

  /** The file is there. */
  record Done(DownloadRequest request, Downloaded file) implements GroupOutcome {}

  /** It was given up after all attempts. */
  record Failed(DownloadRequest request, DownloadException failure) implements GroupOutcome {}

  /** Somebody gave it up. */
  record Deleted(DownloadRequest request) implements GroupOutcome {}

  /** Somebody stopped it. */
  record Paused(DownloadRequest request) implements GroupOutcome {}
}
