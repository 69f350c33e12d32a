package dev.millrace.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * An answer whose head has come and whose body is being read. Close it: only then its slot and its
 * connection are given back. Confined to one thread, but for the watchdog that may cut it.
 */
final class Exchange implements AutoCloseable {
  private final WebUrl url;
  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;
  private final Hosts.Pass pass;
  private final Alarm alarm;
  private final InputStream body;
  private boolean ended;

  Exchange(
      WebUrl url,
      HttpUriRequestBase request,
      ClassicHttpResponse response,
      Hosts.Pass pass,
      Alarm alarm)
      throws IOException {
    this.url = url;
    this.request = request;
    this.response = response;
    this.pass = pass;
    this.alarm = alarm;
    HttpEntity entity = response.getEntity();
    body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    ended = entity == null;
  }

  /** Where the answer came from, after redirects. */
  WebUrl url() {
    return url;
  }

  int status() {
    return response.getCode();
  }

  Optional<String> header(String name) {
    Header header = response.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue).map(String::strip);
  }

  Header[] headers() {
    return response.getHeaders();
  }

  /** Bytes that the body should have by Content-Length, or -1. */
  long announcedLength() {
    HttpEntity entity = response.getEntity();
    return entity == null ? 0 : entity.getContentLength();
  }

  /**
   * Reads some bytes of the body.
   *
   * @return how many, or -1 at the end
   */
  int read(byte[] into) throws OutboundException, InterruptedException {
    try {
      int count = body.read(into);
      alarm.activity();
      ended |= count < 0;
      return count;
    } catch (IOException e) {
      var failure = Failures.of(e, url, alarm);
      if (failure.reason() == FailureReason.STALLED) {
        pass.failed();
      }
      throw failure;
    }
  }

  /** It is we who pause, not the server. */
  void alive() {
    alarm.activity();
  }

  /** The body as a stream, for decoders; its errors go through {@link #failure}. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        int got = body.read(into, offset, count);
        alarm.activity();
        ended |= got < 0;
        return got;
      }
    };
  }

  /** What an error of {@link #stream} means. */
  OutboundException failure(IOException e) throws InterruptedException {
    return Failures.of(e, url, alarm);
  }

  /** What the server asks by Retry-After, in seconds or as a date. */
  Optional<Duration> retryAfter(InstantSource clock) {
    return header("Retry-After").flatMap(value -> parseWait(value, clock.instant()));
  }

  @Override
  public void close() {
    alarm.disarm();
    try {
      if (ended) {
        response.close();
      } else {
        // Closing would read the rest of the body first, however long it is.
        request.cancel();
      }
    } catch (IOException alreadyBroken) {
      request.cancel();
    } finally {
      pass.close();
    }
  }

  private static Optional<Duration> parseWait(String value, Instant now) {
    try {
      if (value.chars().allMatch(Character::isDigit) && value.length() < 10) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      }
      var at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, at)).filter(wait -> !wait.isNegative());
    } catch (DateTimeException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }
}
