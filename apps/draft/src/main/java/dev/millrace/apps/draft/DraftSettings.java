package dev.millrace.apps.draft;

import dev.millrace.app.DataSize;
import dev.millrace.app.Setting;
import java.time.Duration;

/**
 * The configuration of the application, below {@code draft.}
 *
 * @param root where finished drafts lie
 * @param materialPathPrefix where they lie for the person who edits
 * @param active drafts that are built at one time
 * @param taskTimeLimit of one attempt to build a draft
 * @param ffprobe the program, blank for none
 * @param catalogue a file with more effects, blank for none
 * @param downloads how files are fetched
 */
public record DraftSettings(
    @Setting(
            doc =
                "Folder of the finished drafts. Blank means the folder drafts within the"
                    + " application's own folder.")
        String root,
    @Setting(
            doc =
                "The same folder as the editor's machine sees it, such as D:/JianyingPro/Drafts."
                    + " Blank if drafts are opened on this machine.")
        String materialPathPrefix,
    @Setting(value = "10", min = 1, max = 1_000, doc = "Drafts that are built at one time.")
        int active,
    @Setting(value = "30m", min = 1_000, doc = "How long one attempt to build a draft may take.")
        Duration taskTimeLimit,
    @Setting(
            doc =
                "Path of the program ffprobe, which is then asked about media formats that the"
                    + " server does not know itself. Blank means that no program is run.")
        String ffprobe,
    @Setting(
            doc =
                "Path of a JSON file with effects that recipes may name beside those that are"
                    + " shipped; it is read at the start. Blank means none.")
        String catalogue,
    Downloads downloads) {

  /**
   * How files are fetched, below {@code draft.downloads.}
   *
   * @param allowPrivateAddresses lifts the guard
   * @param concurrency files at one time, of all drafts together
   * @param perHost of them from one host
   * @param maxBytes of one file
   * @param cacheBytes files that are kept for later drafts
   * @param attempts tries a file
   * @param stallLimit the longest pause within a file
   */
  public record Downloads(
      @Setting(
              value = "false",
              doc =
                  "Whether materials may be fetched from loopback, private and link-local"
                      + " addresses. Lets whoever sends recipes reach into your network.")
          boolean allowPrivateAddresses,
      @Setting(value = "50", min = 1, max = 1_000, doc = "Files that are fetched at one time.")
          int concurrency,
      @Setting(
              value = "50",
              min = 1,
              max = 1_000,
              doc =
                  "Files fetched from one host at one time. Drafts often take all from one; lower"
                      + " it for servers that mind.")
          int perHost,
      @Setting(value = "2 GB", min = 1, doc = "The largest file that is fetched.")
          DataSize maxBytes,
      @Setting(value = "10 GB", doc = "Fetched files that are kept for later drafts, in all.")
          DataSize cacheBytes,
      @Setting(
              value = "5",
              min = 1,
              max = 100,
              doc = "How often a file is tried before it counts as missing.")
          int attempts,
      @Setting(
              value = "30s",
              min = 100,
              doc = "How long a server may stay silent within a file before the attempt ends.")
          Duration stallLimit) {}
}
