package dev.millrace.apps.draft.records;

import dev.millrace.apps.draft.media.MediaInfo;
import org.jspecify.annotations.Nullable;

/**
 * A file of a draft as it is kept.
 *
 * @param no place in the order of the recipe, from 0
 * @param wanted name that the recipe gives it
 * @param subtitles whether a text takes it
 * @param code why it cannot be used, null if it can or is not known yet
 * @param info what probing found
 */
public record FileRow(
    int no,
    String url,
    @Nullable String wanted,
    boolean subtitles,
    State state,
    long bytes,
    @Nullable String code,
    @Nullable String why,
    @Nullable MediaInfo info) {

  /** What became of a file. */
  public enum State {
    /** Not here yet. */
    WAITING,
    /** Here, not looked at. */
    FETCHED,
    /** Here, and what it should be. */
    USABLE,
    /** Could not be had, or is not what it should be. */
    FAILED
  }

  /** Whether it failed before, so that what was kept of it is of no use. */
  public boolean isAgain() {
    return state == State.WAITING && code != null;
  }

  /** A file that is not here yet. */
  public static FileRow waiting(int no, String url, @Nullable String wanted, boolean subtitles) {
    return new FileRow(no, url, wanted, subtitles, State.WAITING, 0, null, null, null);
  }

  /** The same, here. */
  public FileRow fetched(long size) {
    return new FileRow(no, url, wanted, subtitles, State.FETCHED, size, null, null, null);
  }

  /** The same, looked at. */
  public FileRow usable(@Nullable MediaInfo found) {
    return new FileRow(no, url, wanted, subtitles, State.USABLE, bytes, null, null, found);
  }

  /** The same, given up. */
  public FileRow failed(String reason, String sentence) {
    return new FileRow(no, url, wanted, subtitles, State.FAILED, bytes, reason, sentence, null);
  }
}
