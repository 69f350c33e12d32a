package dev.millrace.outbound;

/** Why something that left the process failed: a closed set, meant for programs. */
public enum FailureReason {
  /** The URL cannot be used as it stands. */
  URL_INVALID(false, "correct the URL: it must be http or https, with a host and no user name"),
  /** A name or address leads to a private place. */
  ADDRESS_REFUSED(
      false, "use a public address, or allow private ones in the configuration if you mean it"),
  /** The name does not resolve. */
  NAME_UNKNOWN(true, "check the host's name and this machine's DNS"),
  /** No connection, or it broke. */
  CONNECTION(true, "check that the server runs and is reachable, then try again"),
  /** The server's certificate does not hold, or there is no common cipher. */
  TLS(false, "have the server's certificate mended, or add its issuer to the JDK's trust store"),
  /** A time limit passed: connecting, waiting for the answer's head, or in all. */
  TIMEOUT(true, "try again later, or raise the time limit"),
  /** The answer began, then no byte came for the stall limit. */
  STALLED(true, "try again later; what was loaded is kept"),
  /** The answer is no proper HTTP. */
  PROTOCOL(true, "check that the URL is that of a web server"),
  /** 404 or 410. */
  NOT_FOUND(false, "correct the URL, or put the file back"),
  /** Another status that is no success. */
  HTTP_STATUS(false, "look up what the server means by it"),
  /** Redirects go in a circle, or there are too many of them. */
  REDIRECTS(false, "use the address that the redirects should end at"),
  /** The host failed so often that it is left alone for a while. */
  HOST_RESTING(true, "wait: the host is tried again by itself"),
  /** More bytes than the limit allows. */
  TOO_LARGE(false, "use a smaller file, or raise the size limit"),
  /** Fewer bytes came than were announced. */
  TRUNCATED(true, "try again; what was loaded is kept"),
  /** The content changed while it was loaded in parts. */
  CHANGED(true, "try again: it is loaded from its beginning"),
  /** The content is not the one that was expected. */
  DIGEST_MISMATCH(false, "check the expected SHA-256 and the file on the server"),
  /** No space for the file. */
  DISK_FULL(false, "free space on that disk, then try again; what was loaded is kept"),
  /** The file or its folder cannot be written. */
  FILE(false, "check that the folder exists and may be written"),
  /** The program that downloads for us does not run or does not answer. */
  ENGINE(true, "look into its log; check its path, or its URL and secret, in the configuration"),
  /** The part was closed. */
  CANCELLED(true, "start it again; what was loaded is kept");

  private final boolean retryable;
  private final String remedy;

  FailureReason(boolean retryable, String remedy) {
    this.retryable = retryable;
    this.remedy = remedy;
  }

  /** Whether trying the same again later may help, unless the exception knows better. */
  public boolean isRetryable() {
    return retryable;
  }

  /** What a person can do about it. */
  public String remedy() {
    return remedy;
  }
}
