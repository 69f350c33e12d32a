package dev.millrace.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One request of a download and what its answer means for the part file. */
final class FetchAttempt {
  private static final int BUFFER = 128 * 1024;

  private final FetchTools tools;
  private final FetchOrder order;
  private final Tally tally;
  private final PartFile part;
  private final TimeBudget budget;

  FetchAttempt(FetchTools tools, FetchOrder order, Tally tally, PartFile part, TimeBudget budget) {
    this.tools = tools;
    this.order = order;
    this.tally = tally;
    this.part = part;
    this.budget = budget;
  }

  Fetched run() throws OutboundException, InterruptedException {
    Optional<CachedUrl> known = tools.cache().url(order.key()).filter(this::couldDo);
    var outgoing = new Outgoing("GET", order.url(), headers(known), null);
    try (Exchange exchange = tools.client().open(outgoing, tools.slots(), budget)) {
      return switch (exchange.status()) {
        case 200 -> whole(exchange);
        case 206 -> rest(exchange);
        case 304 -> unchanged(exchange, known);
        case 416 -> throw changed(exchange, "has nothing behind byte " + part.length());
        default ->
            throw OutboundException.ofStatus(
                exchange.url(), exchange.status(), exchange.retryAfter(tools.clock()).orElse(null));
      };
    } catch (IOException e) {
      throw DiskFailures.of(e, part.path());
    }
  }

  private boolean couldDo(CachedUrl known) {
    return order.sha256() == null || order.sha256().equals(known.sha256());
  }

  /** Asks for what is missing if that is safe, else only for what is newer than what is here. */
  private Map<String, String> headers(Optional<CachedUrl> known) {
    var headers = new LinkedHashMap<>(order.headers());
    headers.put("Accept-Encoding", "identity");
    PartState state = part.state();
    if (state != null && part.isComplete()) {
      condition(headers, state.etag(), state.lastModified());
    } else if (state != null && canResume(state)) {
      headers.put("Range", "bytes=" + part.length() + "-");
      String validator = state.rangeValidator();
      if (validator != null) {
        headers.put("If-Range", validator);
      }
    } else {
      known.ifPresent(url -> condition(headers, url.etag(), url.lastModified()));
    }
    return headers;
  }

  /** Without a validator only a digest can tell whether two parts belong together. */
  private boolean canResume(PartState state) {
    return state.rangeValidator() != null || order.sha256() != null;
  }

  private static void condition(
      Map<String, String> headers, @Nullable String etag, @Nullable String lastModified) {
    if (etag != null) {
      headers.put("If-None-Match", etag);
    }
    if (lastModified != null) {
      headers.put("If-Modified-Since", lastModified);
    }
  }

  private Fetched whole(Exchange exchange)
      throws OutboundException, IOException, InterruptedException {
    boolean packed = isPacked(exchange);
    long total = packed ? -1 : exchange.announcedLength();
    part.restart(
        new PartState(
            exchange.url().shown(),
            packed ? null : exchange.header("ETag").orElse(null),
            packed ? null : exchange.header("Last-Modified").orElse(null),
            exchange.header("Content-Type").orElse(null),
            total,
            0,
            null));
    return receive(exchange, total, packed);
  }

  private Fetched rest(Exchange exchange)
      throws OutboundException, IOException, InterruptedException {
    PartState state = part.state();
    var range = ContentRange.parse(exchange.header("Content-Range").orElse(""));
    if (state == null || range.isEmpty() || range.get().start() != part.length()) {
      throw changed(exchange, "answered with another range than was asked for");
    }
    boolean sameTag = state.etag() == null || isSame(exchange, "ETag", state.etag());
    boolean sameDate =
        state.lastModified() == null || isSame(exchange, "Last-Modified", state.lastModified());
    long total = range.get().total();
    boolean sameTotal = state.total() < 0 || total < 0 || state.total() == total;
    if (!sameTag || !sameDate || !sameTotal || isPacked(exchange)) {
      throw changed(exchange, "has other content than before");
    }
    part.resume(total >= 0 ? total : state.total());
    return receive(exchange, total >= 0 ? total : state.total(), false);
  }

  private static boolean isSame(Exchange exchange, String header, String before) {
    return exchange.header(header).map(before::equals).orElse(true);
  }

  private Fetched unchanged(Exchange exchange, Optional<CachedUrl> known)
      throws OutboundException, IOException {
    if (part.isComplete()) {
      tally.bytes = part.length();
      tally.total = part.length();
      return finish(exchange);
    }
    var url =
        known.orElseThrow(() ->
            new OutboundException(
                FailureReason.PROTOCOL,
                exchange.url().shown() + " answered 304 to a request without a condition"));
    var content = tools.cache().content(url.sha256());
    if (content.isEmpty()) {
      throw changed(exchange, "has not changed, but the cached file is gone");
    }
    requireExpected(url.sha256());
    tools.cache().remember(entry(exchange, url.sha256(), url));
    tally.bytes = content.get().bytes();
    tally.total = content.get().bytes();
    return new Fetched(url.sha256(), content.get().bytes(), url.contentType(), url.etag(), true, 0);
  }

  private Fetched receive(Exchange exchange, long total, boolean packed)
      throws OutboundException, IOException, InterruptedException {
    requireSize(exchange, total);
    requireSpace(total);
    tally.bytes = part.length();
    tally.total = total;
    tally.phase = DownloadProgress.Phase.ACTIVE;
    byte[] buffer = new byte[BUFFER];
    if (packed) {
      unpack(exchange, buffer);
    } else {
      for (int count = exchange.read(buffer); count >= 0; count = exchange.read(buffer)) {
        take(exchange, buffer, count);
      }
    }
    if (total >= 0 && part.length() != total) {
      throw new OutboundException(
          FailureReason.TRUNCATED,
          exchange.url().shown() + " sent " + part.length() + " of " + total + " bytes");
    }
    return finish(exchange);
  }

  private void unpack(Exchange exchange, byte[] buffer)
      throws OutboundException, InterruptedException {
    InputStream packed = exchange.stream();
    try {
      // Not closed: closing would read the rest of the body first; the exchange ends it.
      var unpacked = new GZIPInputStream(packed, buffer.length);
      for (int count = unpacked.read(buffer); count >= 0; count = unpacked.read(buffer)) {
        take(exchange, buffer, count);
      }
    } catch (ZipException e) {
      throw new OutboundException(
          FailureReason.PROTOCOL, exchange.url().shown() + " sent broken gzip", e);
    } catch (IOException e) {
      throw exchange.failure(e);
    }
  }

  private void take(Exchange exchange, byte[] buffer, int count)
      throws OutboundException, InterruptedException {
    requireSize(exchange, part.length() + count);
    try {
      part.write(buffer, count);
    } catch (IOException e) {
      throw DiskFailures.of(e, part.path());
    }
    tally.bytes = part.length();
    tally.fetched.addAndGet(count);
    tools.metrics().received(count);
    tools.speed().take(count, exchange::alive);
  }

  private Fetched finish(Exchange exchange) throws OutboundException, IOException {
    PartState state = part.state();
    long bytes = part.length();
    String sha256 = part.finish();
    requireExpected(sha256);
    tools.cache().adopt(part, sha256);
    var entry = entry(exchange, sha256, null);
    boolean keep = exchange.header("Cache-Control").filter(FetchAttempt::forbidsStoring).isEmpty();
    if (keep) {
      tools.cache().remember(entry);
    }
    String type = state == null ? entry.contentType() : state.contentType();
    String etag = state == null ? entry.etag() : state.etag();
    return new Fetched(sha256, bytes, type, etag, false, tally.fetched.get());
  }

  private CachedUrl entry(Exchange exchange, String sha256, @Nullable CachedUrl before) {
    return new CachedUrl(
        order.key(),
        order.url().shown(),
        sha256,
        exchange.header("ETag").orElse(before == null ? null : before.etag()),
        exchange.header("Last-Modified").orElse(before == null ? null : before.lastModified()),
        exchange.header("Content-Type").orElse(before == null ? null : before.contentType()),
        tools.clock().instant());
  }

  private static boolean forbidsStoring(String cacheControl) {
    return cacheControl.toLowerCase(Locale.ROOT).contains("no-store");
  }

  private void requireExpected(String sha256) throws OutboundException {
    if (order.sha256() != null && !order.sha256().equals(sha256)) {
      throw new OutboundException(
          FailureReason.DIGEST_MISMATCH,
          order.url().shown() + " has SHA-256 " + sha256 + ", expected was " + order.sha256());
    }
  }

  private void requireSize(Exchange exchange, long bytes) throws OutboundException {
    if (bytes > order.maxBytes()) {
      throw new OutboundException(
          FailureReason.TOO_LARGE,
          exchange.url().shown() + " has more than " + order.maxBytes() + " bytes");
    }
  }

  private void requireSpace(long total) throws OutboundException, IOException {
    Path folder = tools.parts();
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (total - part.length() > usable) {
      throw DiskFailures.tooSmall(folder, total - part.length(), usable);
    }
  }

  /** We ask for no encoding; a server that sends gzip all the same is understood. */
  private static boolean isPacked(Exchange exchange) throws OutboundException {
    String encoding =
        exchange.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "identity", "" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw new OutboundException(
              FailureReason.PROTOCOL,
              exchange.url().shown() + " sent the encoding '" + encoding + "' without being asked");
    };
  }

  private OutboundException changed(Exchange exchange, String how) {
    return new OutboundException(FailureReason.CHANGED, exchange.url().shown() + " " + how);
  }
}
