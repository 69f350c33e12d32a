package dev.millrace.outbound;

/**
 * What holds for all downloads together, and can be changed while they run.
 *
 * @param files at one time, 1 to 10,000
 * @param bytesPerSecond of all together, at least 64 KiB; 0 for as fast as it goes
 */
public record DownloadLimits(int files, long bytesPerSecond) {
  /** Slower, and servers take the silence between two pieces for the end of the line. */
  public static final long LEAST_SPEED = 64 << 10;

  /** More files at one time than any disk is glad of. */
  public static final int MOST_FILES = 10_000;

  public DownloadLimits {
    if (files < 1 || files > MOST_FILES) {
      throw new IllegalArgumentException(
          "files must be between 1 and " + MOST_FILES + ", not " + files);
    }
    if (bytesPerSecond != 0 && bytesPerSecond < LEAST_SPEED) {
      throw new IllegalArgumentException(
          "bytesPerSecond must be at least "
              + LEAST_SPEED
              + ", or 0 for no limit, not "
              + bytesPerSecond);
    }
  }

  /** So many at one time, at any speed. */
  public static DownloadLimits ofFiles(int files) {
    return new DownloadLimits(files, 0);
  }
}
