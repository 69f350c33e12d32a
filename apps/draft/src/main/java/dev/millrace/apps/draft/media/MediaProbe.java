package dev.millrace.apps.draft.media;

import com.drew.imaging.FileType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out what a media file is. Formats that it does not know itself are asked of ffprobe, if
 * there is one. Immutable and thread-safe.
 */
public final class MediaProbe {
  private final Optional<Ffprobe> ffprobe;

  private MediaProbe(Optional<Ffprobe> ffprobe) {
    this.ffprobe = ffprobe;
  }

  /** Knows PNG, JPEG, GIF, WebP, BMP, MP4, MOV, M4A, WAV, MP3, AAC and FLAC. */
  public static MediaProbe builtIn() {
    return new MediaProbe(Optional.empty());
  }

  /** Knows those, and what {@code ffprobe} knows. */
  public static MediaProbe with(Ffprobe ffprobe) {
    return new MediaProbe(Optional.of(ffprobe));
  }

  /**
   * What {@code file} is.
   *
   * @throws UnusableMediaException if it is damaged, cut off, or no media at all
   * @throws IOException if it cannot be read
   */
  public MediaInfo probe(Path file) throws IOException, UnusableMediaException {
    try (FileBytes bytes = new FileBytes(file)) {
      if (bytes.size() == 0) {
        throw new UnusableMediaException(
            "media-empty", "the file is empty; check what the link serves");
      }
      try {
        return known(bytes, file);
      } catch (EOFException e) {
        throw UnusableMediaException.truncated("file", String.valueOf(e.getMessage()));
      } catch (UnusableMediaException e) {
        if (ffprobe.isPresent() && e.code().equals(UnusableMediaException.UNSUPPORTED)) {
          return ffprobe.get().probe(file);
        }
        throw e;
      }
    }
  }

  private static MediaInfo known(FileBytes bytes, Path file)
      throws IOException, UnusableMediaException {
    FileType picture = Pictures.type(bytes);
    if (picture != null) {
      return Pictures.read(file, bytes, picture);
    }
    if (Gif.matches(bytes)) {
      return Gif.read(bytes);
    }
    if (Wav.matches(bytes)) {
      return Wav.read(bytes);
    }
    if (Flac.matches(bytes)) {
      return Flac.read(bytes);
    }
    refuseText(bytes);
    if (Mp4.matches(bytes)) {
      return Mp4.read(bytes);
    }
    if (Adts.matches(bytes)) {
      return Adts.read(bytes);
    }
    if (Mp3.matches(bytes)) {
      return Mp3.read(bytes);
    }
    throw new UnusableMediaException(
        UnusableMediaException.UNSUPPORTED,
        "the format is not known here; use PNG, JPEG, GIF, WebP, MP4, MOV, WAV, MP3, M4A, AAC or"
            + " FLAC, or name an ffprobe in the setting draft.ffprobe");
  }

  /** A web page in place of a file is the most frequent wrong download. */
  private static void refuseText(FileBytes bytes) throws IOException, UnusableMediaException {
    String head = new String(bytes.head(512), StandardCharsets.ISO_8859_1);
    String start = head.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<")) {
      throw new UnusableMediaException(
          "media-not-media",
          "it is a web page or XML, not media; link to the file itself and check that it needs no"
              + " login");
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      String shown = head.strip().replaceAll("[^ -~]", "?");
      throw new UnusableMediaException(
          "media-not-media",
          "it is JSON, not media, and begins "
              + shown.substring(0, Math.min(80, shown.length()))
              + "; link to the file itself");
    }
  }
}
