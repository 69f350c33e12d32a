package dev.millrace.apps.draft.media;

import dev.millrace.apps.draft.format.Media;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads MP4, MOV and M4A: the movie header and the track headers of ISO/IEC 14496-12. Own code,
 * because the library tells neither whether a file is whole nor what tracks it has.
 */
final class Mp4 {
  private static final String FORMAT = "MP4";

  /** Boxes of one level; real files have a few dozen. */
  private static final int MOST_BOXES = 10_000;

  private final FileBytes file;

  private Mp4(FileBytes file) {
    this.file = file;
  }

  static boolean matches(FileBytes file) throws IOException {
    return file.hasTag(4, "ftyp")
        || file.hasTag(4, "moov")
        || file.hasTag(4, "mdat")
        || file.hasTag(4, "wide");
  }

  static MediaInfo read(FileBytes file) throws IOException, UnusableMediaException {
    return new Mp4(file).movie();
  }

  private record Box(String type, long start, long end) {}

  /** What one track adds; times in the units of the movie. */
  private record Stream(String handler, long duration, int width, int height) {}

  private MediaInfo movie() throws IOException, UnusableMediaException {
    refusePictures();
    Box movie = null;
    for (Box box : boxes(0, file.size(), true)) {
      if (box.type.equals("moov")) {
        movie = box;
      }
    }
    if (movie == null) {
      throw UnusableMediaException.truncated(FORMAT, "its index (the moov box) is missing");
    }
    return movie(movie);
  }

  private void refusePictures() throws IOException, UnusableMediaException {
    for (String brand : List.of("heic", "heix", "mif1", "msf1", "avif", "avis")) {
      if (file.hasTag(8, brand)) {
        throw new UnusableMediaException(
            UnusableMediaException.UNSUPPORTED,
            "it is a HEIF or AVIF picture; save it as JPEG, PNG or WebP");
      }
    }
  }

  private MediaInfo movie(Box movie) throws IOException, UnusableMediaException {
    long timescale = 0;
    long duration = 0;
    boolean fragmented = false;
    List<Stream> streams = new ArrayList<>();
    for (Box box : boxes(movie.start, movie.end, false)) {
      switch (box.type) {
        case "mvhd" -> {
          boolean wide = file.u8(box.start) == 1;
          timescale = file.u32(box.start + (wide ? 20 : 12));
          duration = wide ? file.i64(box.start + 24) : file.u32(box.start + 16);
        }
        case "trak" -> {
          Stream stream = stream(box);
          if (stream != null) {
            streams.add(stream);
          }
        }
        case "mvex" -> fragmented = true;
        default -> {
          // Nothing that a draft needs.
        }
      }
    }
    if (timescale == 0) {
      throw UnusableMediaException.corrupt(FORMAT, "it has no time scale");
    }
    return info(streams, timescale, duration, fragmented);
  }

  private static MediaInfo info(
      List<Stream> streams, long timescale, long movieDuration, boolean fragmented)
      throws UnusableMediaException {
    Stream video = first(streams, "vide");
    Stream audio = first(streams, "soun");
    Stream main = video == null ? audio : video;
    if (main == null) {
      throw new UnusableMediaException(
          UnusableMediaException.UNSUPPORTED,
          "the MP4 holds neither pictures nor sound; give another file");
    }
    long units = main.duration > 0 ? main.duration : movieDuration;
    if (units <= 0) {
      throw new UnusableMediaException(
          fragmented ? UnusableMediaException.UNSUPPORTED : "media-corrupt",
          "the MP4 does not say how long it is; save it again as a plain MP4");
    }
    long micros = micros(units, timescale);
    if (video == null) {
      return MediaInfo.audio("M4A", micros);
    }
    if (video.width <= 0 || video.height <= 0) {
      throw UnusableMediaException.corrupt(FORMAT, "its picture has no size");
    }
    return new MediaInfo(
        Media.Kind.VIDEO, FORMAT, video.width, video.height, micros, audio != null);
  }

  private static long micros(long units, long timescale) throws UnusableMediaException {
    BigInteger micros =
        BigInteger.valueOf(units)
            .multiply(BigInteger.valueOf(1_000_000))
            .divide(BigInteger.valueOf(timescale));
    if (micros.bitLength() > 53) {
      throw UnusableMediaException.corrupt(FORMAT, "its length makes no sense");
    }
    return micros.longValue();
  }

  private static @Nullable Stream first(List<Stream> streams, String handler) {
    return streams.stream().filter(each -> each.handler.equals(handler)).findFirst().orElse(null);
  }

  private @Nullable Stream stream(Box track) throws IOException, UnusableMediaException {
    String handler = "";
    long duration = 0;
    int width = 0;
    int height = 0;
    for (Box box : boxes(track.start, track.end, false)) {
      if (box.type.equals("tkhd")) {
        boolean wide = file.u8(box.start) == 1;
        duration = wide ? file.i64(box.start + 28) : file.u32(box.start + 20);
        boolean unknown = duration == -1 || (!wide && duration == 0xFFFF_FFFFL);
        duration = unknown ? 0 : duration;
        long matrix = box.start + (wide ? 52 : 40);
        width = (int) (file.u32(matrix + 36) >> 16);
        height = (int) (file.u32(matrix + 40) >> 16);
        // A quarter turn leaves nothing on the diagonal of the matrix.
        if (file.i32(matrix) == 0 && file.i32(matrix + 4) != 0) {
          int turned = width;
          width = height;
          height = turned;
        }
      } else if (box.type.equals("mdia")) {
        for (Box inner : boxes(box.start, box.end, false)) {
          if (inner.type.equals("hdlr")) {
            handler = file.tag(inner.start + 8, 4);
          }
        }
      }
    }
    return handler.isEmpty() ? null : new Stream(handler, duration, width, height);
  }

  /** The boxes between two places; {@code outer} ones may reach to the end of the file. */
  private List<Box> boxes(long start, long end, boolean outer)
      throws IOException, UnusableMediaException {
    List<Box> boxes = new ArrayList<>();
    long at = start;
    while (at + 8 <= end && boxes.size() < MOST_BOXES) {
      long length = file.u32(at);
      String type = file.tag(at + 4, 4);
      long header = 8;
      if (length == 1) {
        length = at + 16 <= end ? file.i64(at + 8) : -1;
        header = 16;
      } else if (length == 0) {
        length = outer ? end - at : 8;
      }
      if (length < header || at + length < at) {
        throw UnusableMediaException.corrupt(FORMAT, "a box has an impossible length");
      }
      if (at + length > end) {
        throw UnusableMediaException.truncated(
            FORMAT,
            "the part \""
                + type.replaceAll("[^ -~]", "?")
                + "\" needs "
                + (at + length)
                + " bytes, but there are "
                + end);
      }
      boxes.add(new Box(type, at + header, at + length));
      at += length;
    }
    return boxes;
  }
}
