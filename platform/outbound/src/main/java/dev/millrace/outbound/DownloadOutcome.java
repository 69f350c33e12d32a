package dev.millrace.outbound;

/** How one download of a batch ended. */
public sealed interface DownloadOutcome {
  /** What was asked for. */
  DownloadRequest request();

  /** The file is there. */
  record Done(DownloadRequest request, Downloaded file) implements DownloadOutcome {}

  /** It was given up. */
  record Failed(DownloadRequest request, DownloadException failure) implements DownloadOutcome {}
}
