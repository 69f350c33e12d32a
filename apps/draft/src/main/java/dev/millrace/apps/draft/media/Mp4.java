package dev.millrace.apps.draft.media;

import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.media.Boxes.Box;
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

  private final FileBytes file;
  private final Boxes boxes;

  private Mp4(FileBytes file) {
    this.file = file;
    this.boxes = new Boxes(file);
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

  /** What one track adds; times in the units of the movie. */
  private record Stream(
      String handler, long duration, int width, int height, long id, long timescale) {}

  private MediaInfo movie() throws IOException, UnusableMediaException {
    refusePictures();
    Box movie = null;
    for (Box box : boxes.outer()) {
      if (box.type().equals("moov")) {
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
    List<Stream> streams = new ArrayList<>();
    for (Box box : boxes.in(movie)) {
      switch (box.type()) {
        case "mvhd" -> {
          boolean wide = file.u8(box.start()) == 1;
          timescale = file.u32(box.start() + (wide ? 20 : 12));
          duration = wide ? file.i64(box.start() + 24) : file.u32(box.start() + 16);
        }
        case "trak" -> {
          Stream stream = stream(box);
          if (stream != null) {
            streams.add(stream);
          }
        }
        default -> {
          // Nothing that a draft needs.
        }
      }
    }
    if (timescale == 0) {
      throw UnusableMediaException.corrupt(FORMAT, "it has no time scale");
    }
    return info(movie, streams, timescale, duration);
  }

  private MediaInfo info(Box movie, List<Stream> streams, long timescale, long movieDuration)
      throws IOException, UnusableMediaException {
    Stream video = first(streams, "vide");
    Stream audio = first(streams, "soun");
    Stream main = video == null ? audio : video;
    if (main == null) {
      throw new UnusableMediaException(
          UnusableMediaException.UNSUPPORTED,
          "the MP4 holds neither pictures nor sound; give another file");
    }
    long units = main.duration > 0 ? main.duration : movieDuration;
    long micros = units > 0 ? micros(units, timescale) : fragments(movie, main);
    if (micros <= 0) {
      throw new UnusableMediaException(
          UnusableMediaException.UNSUPPORTED,
          "the MP4 does not say how long it is; save it again as a plain MP4");
    }
    if (video == null) {
      return MediaInfo.audio("M4A", micros);
    }
    if (video.width <= 0 || video.height <= 0) {
      throw UnusableMediaException.corrupt(FORMAT, "its picture has no size");
    }
    return new MediaInfo(
        Media.Kind.VIDEO, FORMAT, video.width, video.height, micros, audio != null);
  }

  /** The length of a film that was written in pieces, as recorders do. */
  private long fragments(Box movie, Stream main) throws IOException, UnusableMediaException {
    long units = new Mp4Fragments(file, boxes, movie, main.id).units();
    return main.timescale == 0 ? 0 : micros(units, main.timescale);
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
    long id = 0;
    long timescale = 0;
    for (Box box : boxes.in(track)) {
      if (box.type().equals("tkhd")) {
        boolean wide = file.u8(box.start()) == 1;
        duration = wide ? file.i64(box.start() + 28) : file.u32(box.start() + 20);
        id = file.u32(box.start() + (wide ? 20 : 12));
        boolean unknown = duration == -1 || (!wide && duration == 0xFFFF_FFFFL);
        duration = unknown ? 0 : duration;
        long matrix = box.start() + (wide ? 52 : 40);
        width = (int) (file.u32(matrix + 36) >> 16);
        height = (int) (file.u32(matrix + 40) >> 16);
        // A quarter turn leaves nothing on the diagonal of the matrix.
        if (file.i32(matrix) == 0 && file.i32(matrix + 4) != 0) {
          int turned = width;
          width = height;
          height = turned;
        }
      } else if (box.type().equals("mdia")) {
        for (Box inner : boxes.in(box)) {
          if (inner.type().equals("hdlr")) {
            handler = file.tag(inner.start() + 8, 4);
          } else if (inner.type().equals("mdhd")) {
            timescale = file.u32(inner.start() + (file.u8(inner.start()) == 1 ? 20 : 12));
          }
        }
      }
    }
    return handler.isEmpty() ? null : new Stream(handler, duration, width, height, id, timescale);
  }
}
