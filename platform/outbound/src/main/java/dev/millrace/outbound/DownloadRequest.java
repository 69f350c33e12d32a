package dev.millrace.outbound;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to download, and where to. Immutable; start with {@link #of}.
 *
 * @param url http or https, as a person writes it
 * @param target the finished file; its folder is made, a file that is there is replaced at once
 * @param sha256 what the content must be, in hex, or null if anything will do
 * @param headers sent along, such as Authorization; those that say who asks stay with the first
 *     origin
 * @param maxBytes a limit of its own, or 0 for the one of the configuration
 * @param fresh how old a cached file may be to be used without asking, or null for the
 *     configuration's
 * @param writable whether the target must be a file of its own; otherwise it may share its bytes
 *     with the cache and is read-only
 */
public record DownloadRequest(
    String url,
    Path target,
    @Nullable String sha256,
    Map<String, String> headers,
    long maxBytes,
    @Nullable Duration fresh,
    boolean writable) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public DownloadRequest {
    headers = RequestHeaders.checked(headers);
    target = target.toAbsolutePath().normalize();
    if (sha256 != null) {
      sha256 = sha256.toLowerCase(Locale.ROOT);
      if (!SHA256.matcher(sha256).matches()) {
        throw new IllegalArgumentException("sha256 must be 64 hex digits, not '" + sha256 + "'");
      }
    }
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes must be 0 or more, not " + maxBytes);
    }
    if (fresh != null && fresh.isNegative()) {
      throw new IllegalArgumentException("fresh must not be negative: " + fresh);
    }
  }

  /** Downloads {@code url} to {@code target} under the configuration's limits. */
  public static DownloadRequest of(String url, Path target) {
    return new DownloadRequest(url, target, null, Map.of(), 0, null, false);
  }

  public DownloadRequest withSha256(String hex) {
    return new DownloadRequest(url, target, hex, headers, maxBytes, fresh, writable);
  }

  public DownloadRequest withHeaders(Map<String, String> more) {
    return new DownloadRequest(url, target, sha256, more, maxBytes, fresh, writable);
  }

  public DownloadRequest withMaxBytes(long bytes) {
    return new DownloadRequest(url, target, sha256, headers, bytes, fresh, writable);
  }

  public DownloadRequest withFresh(Duration age) {
    return new DownloadRequest(url, target, sha256, headers, maxBytes, age, writable);
  }

  public DownloadRequest withWritable(boolean own) {
    return new DownloadRequest(url, target, sha256, headers, maxBytes, fresh, own);
  }
}
