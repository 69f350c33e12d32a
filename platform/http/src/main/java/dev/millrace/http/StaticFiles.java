package dev.millrace.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The files of a web application: a folder, or resources of the class path. Thread-safe.
 *
 * <p>A file {@code a.js} is sent as its twin {@code a.js.br} or {@code a.js.gz} to clients that
 * take it, and else compressed once and kept. Files under {@code assets/} with a hash in their name
 * are cached for ever, the others are checked again by their ETag. An unknown address that a person
 * navigates to is answered with {@code index.html}, which finds the way itself.
 *
 * <p>Contents are kept in memory up to {@value #KEPT_BYTES} bytes in all. A file of a folder is
 * read again when its size or time has changed.
 */
public final class StaticFiles {
  private static final long KEPT_BYTES = 16L << 20;
  private static final String INDEX = "index.html";

  /** One file in one encoding. */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Variant(byte[] content, Encoding encoding, String etag, String version) {}

  private final FileSource source;
  private final HttpField policy;
  private final ConcurrentMap<String, Variant> kept = new ConcurrentHashMap<>();
  private final AtomicLong keptBytes = new AtomicLong();

  StaticFiles(FileSource source, HttpField policy) {
    this.source = source;
    this.policy = policy;
  }

  /** The files of a folder. */
  public static StaticFiles folder(Path root) {
    return new StaticFiles(FileSource.folder(root), Fields.PAGE_POLICY);
  }

  /**
   * The resources of the class path whose names start with {@code prefix}, such as {@code web/}.
   */
  public static StaticFiles resources(ClassLoader loader, String prefix) {
    return new StaticFiles(FileSource.resources(loader, prefix), Fields.PAGE_POLICY);
  }

  /**
   * Answers with the file at a decoded path, or with the index for navigation; false if neither.
   */
  boolean answer(ReplyWriter out, String path) throws IOException {
    String name = path.equals("/") ? INDEX : path.substring(1);
    if (!isPlain(name)) {
      return false;
    }
    if (send(out, name)) {
      return true;
    }
    return isNavigation(out.asked(), name) && send(out, INDEX);
  }

  /** Answers with a file by its name below the root; false if there is none. */
  boolean send(ReplyWriter out, String name) throws IOException {
    String version = source.version(name);
    if (version == null) {
      return false;
    }
    String type = ContentTypes.of(name);
    HttpFields asked = out.asked();
    Encoding encoding = Encoding.IDENTITY;
    if (Compressor.helps(type)) {
      encoding = Encoding.preferred(asked.get(HttpHeader.ACCEPT_ENCODING), true, true);
    }
    Variant variant = variant(name, version, encoding);
    HttpFields.Mutable headers = out.headers();
    headers.put(Fields.contentType(type));
    headers.put(HttpHeader.ETAG, variant.etag());
    headers.put(isHashed(name) ? Fields.IMMUTABLE : Fields.CHECKED_AGAIN);
    if (Compressor.helps(type)) {
      headers.add(Fields.VARY_ENCODING);
    }
    boolean same = Etags.contains(asked.get(HttpHeader.IF_NONE_MATCH), variant.etag());
    if (!same && variant.encoding() != Encoding.IDENTITY) {
      headers.put(variant.encoding() == Encoding.BROTLI ? Fields.BROTLI : Fields.GZIP);
    }
    headers.add(Fields.NO_REFERRER);
    headers.add(Fields.OPENER);
    out.finish(same ? 304 : 200, same ? null : variant.content(), policy);
    return true;
  }

  private Variant variant(String name, String version, Encoding encoding) throws IOException {
    String key = name + encoding.suffix;
    Variant known = kept.get(key);
    if (known != null && known.version().equals(version)) {
      return known;
    }
    Variant fresh = load(name, version, encoding);
    if (known != null || keptBytes.addAndGet(fresh.content().length) <= KEPT_BYTES) {
      kept.put(key, fresh);
    }
    return fresh;
  }

  private Variant load(String name, String version, Encoding encoding) throws IOException {
    byte[] twin = encoding == Encoding.IDENTITY ? null : source.read(name + encoding.suffix);
    if (twin != null) {
      return new Variant(twin, encoding, Etags.quoted(Etags.of(twin), encoding), version);
    }
    byte[] content = source.read(name);
    if (content == null) {
      throw HttpProblems.NOT_FOUND.because("The file was removed.");
    }
    Encoding live =
        encoding == Encoding.IDENTITY
            ? encoding
            : Compressor.choose(encoding.token, content.length);
    return new Variant(
        Compressor.compress(content, live), live, Etags.quoted(Etags.of(content), live), version);
  }

  /** No way up, nothing hidden, nothing that some file system reads in its own way. */
  private static boolean isPlain(String name) {
    if (name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0 || name.indexOf(':') >= 0) {
      return false;
    }
    for (String segment : List.of(name.split("/", -1))) {
      if (segment.isEmpty() || segment.startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** A browser that goes to an address, not a script, style or picture that is missing. */
  private static boolean isNavigation(HttpFields asked, String name) {
    String mode = asked.get("Sec-Fetch-Mode");
    String accept = asked.get(HttpHeader.ACCEPT);
    boolean hasExtension = name.indexOf('.', name.lastIndexOf('/') + 1) >= 0;
    return !hasExtension
        && (mode == null || mode.equals("navigate"))
        && accept != null
        && accept.contains("text/html");
  }

  /** {@code assets/index-B3kd_9aZ.js}: eight characters of a hash before the extension. */
  static boolean isHashed(String name) {
    int dot = name.lastIndexOf('.');
    int start = dot - 8;
    if (!name.startsWith("assets/") || start < 8) {
      return false;
    }
    char before = name.charAt(start - 1);
    for (int i = start; i < dot; i++) {
      char c = name.charAt(i);
      if (!(Character.isLetterOrDigit(c) && c < 128) && c != '-' && c != '_') {
        return false;
      }
    }
    return before == '-' || before == '.';
  }
}
