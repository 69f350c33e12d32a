package dev.millrace.apps.draft.media;

import dev.millrace.apps.draft.format.Media;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the program ffprobe. It is run only if the configuration names it, on local files only, and
 * is ended when its time is up. Immutable and thread-safe.
 */
public final class Ffprobe {
  private static final int MOST_OUTPUT = 1 << 20;

  private final Path program;
  private final Duration limit;

  /**
   * @param program the executable
   * @param limit how long one run may take
   */
  public Ffprobe(Path program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  MediaInfo probe(Path file) throws IOException, UnusableMediaException {
    // A playlist must not make it open other files or the network.
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-v",
                "error",
                "-protocol_whitelist",
                "file",
                "-print_format",
                "json",
                "-show_format",
                "-show_streams",
                "file:" + file.toAbsolutePath())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return info(output(process));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while ffprobe ran");
    } finally {
      process.destroyForcibly();
    }
  }

  private byte[] output(Process process)
      throws IOException, InterruptedException, UnusableMediaException {
    AtomicReference<byte[]> read = new AtomicReference<>(new byte[0]);
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try (InputStream out = process.getInputStream()) {
                read.set(out.readNBytes(MOST_OUTPUT));
              } catch (IOException e) {
                // The program was ended; what it wrote until then is not needed.
                read.set(new byte[0]);
              }
            });
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new UnusableMediaException(
          UnusableMediaException.UNSUPPORTED,
          "ffprobe did not finish within " + limit + "; use a simpler format");
    }
    reader.join();
    if (process.exitValue() != 0) {
      throw new UnusableMediaException(
          "media-corrupt", "ffprobe cannot read it; save the file again in its program");
    }
    return read.get();
  }

  private static MediaInfo info(byte[] output) throws UnusableMediaException {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(output);
    } catch (JacksonException e) {
      throw new UnusableMediaException("media-corrupt", "ffprobe gave no answer that can be read");
    }
    JsonNode format = root.path("format");
    JsonNode video = stream(root, "video");
    boolean sound = !stream(root, "audio").isMissingNode();
    long micros = micros(format.path("duration").asString(""));
    String name = format.path("format_name").asString("media");
    int width = video.path("width").asInt(0);
    int height = video.path("height").asInt(0);
    if (width > 0 && height > 0 && micros > 0) {
      return new MediaInfo(Media.Kind.VIDEO, name, width, height, micros, sound);
    }
    if (width > 0 && height > 0) {
      return MediaInfo.photo(name, width, height);
    }
    if (sound && micros > 0) {
      return MediaInfo.audio(name, micros);
    }
    throw new UnusableMediaException(
        UnusableMediaException.UNSUPPORTED, "it holds neither pictures nor sound of known length");
  }

  private static JsonNode stream(JsonNode root, String type) {
    for (JsonNode stream : List.copyOf(root.path("streams").values())) {
      if (stream.path("codec_type").asString("").equals(type)) {
        return stream;
      }
    }
    return root.path("no such stream");
  }

  private static long micros(String seconds) {
    return seconds.matches("\\d{1,9}(\\.\\d{1,12})?")
        ? new BigDecimal(seconds).movePointRight(6).longValue()
        : 0;
  }
}
