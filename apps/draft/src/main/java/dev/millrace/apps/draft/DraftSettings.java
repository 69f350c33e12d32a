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
 * @param keep how long things are kept
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
    Downloads downloads,
    Keep keep) {

  /**
   * How long things are kept, below {@code draft.keep.}
   *
   * @param drafts finished ones, zero for ever
   * @param records of how drafts came to be, zero for ever
   * @param failedDownloads files of drafts that failed for want of others
   * @param cache files that no draft has used
   * @param cleanup when the rest is removed, as a cron rule
   */
  public record Keep(
      @Setting(
              value = "0s",
              min = 0,
              doc = "How long finished drafts are kept; 0 keeps them until somebody deletes them.")
          Duration drafts,
      @Setting(
              value = "0s",
              min = 0,
              doc =
                  "How long the records of drafts and their recipes are kept once the drafts are"
                      + " gone; 0 for ever.")
          Duration records,
      @Setting(
              value = "7d",
              min = 0,
              doc =
                  "How long the files of a draft are kept that failed because others could not be"
                      + " had, for its downloads to be tried again.")
          Duration failedDownloads,
      @Setting(
              value = "30d",
              min = 0,
              doc = "How long a cached file is kept that no draft has used; 0 for ever.")
          Duration cache,
      @Setting(value = "30 4 * * *", doc = "When what is over is removed, as a cron rule in UTC.")
          String cleanup) {}

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
   * @param bytesPerSecond of all files together, 0 for any
   * @param engine what fetches them
   * @param aria2 how that program is used
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
          Duration stallLimit,
      @Setting(
              value = "0",
              doc =
                  "Speed of all downloads together, a second; 0 for as fast as it goes, else at"
                      + " least 64 KB.")
          DataSize bytesPerSecond,
      @Setting(
              value = "built-in",
              doc =
                  "What fetches files: built-in, aria2, or the name of an engine that a jar of"
                      + " yours brings.")
          String engine,
      Aria2 aria2) {}

  /**
   * How the program aria2 is used if it is the engine, below {@code draft.downloads.aria2.}
   *
   * @param program that is started
   * @param url of one that runs already
   * @param secret of that one
   * @param connections a file
   */
  public record Aria2(
      @Setting(value = "aria2c", doc = "Path or name of the program aria2c, which is started.")
          String program,
      @Setting(
              doc =
                  "JSON-RPC of an aria2 that runs on this machine already, such as"
                      + " http://127.0.0.1:6800/jsonrpc. Blank means that one is started.")
          String url,
      @Setting(doc = "The rpc-secret of that aria2.", secret = true) String secret,
      @Setting(
              value = "16",
              min = 1,
              max = 16,
              doc = "Connections aria2 may open for one file, each for at least a megabyte of it.")
          int connections) {}
}
