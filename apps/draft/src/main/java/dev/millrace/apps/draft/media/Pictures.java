package dev.millrace.apps.draft.media;

import com.drew.imaging.FileType;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the sizes of photos, and whether the files are whole. */
final class Pictures {
  /** Bytes that some cameras leave behind the end of a JPEG. */
  private static final int MOST_TRAILING = 64 * 1024;

  private Pictures() {}

  /** The kind of picture, null if it is none. */
  static @Nullable FileType type(FileBytes file) throws IOException {
    if (file.hasTag(0, "\u0089PNG\r\n\u001a\n")) {
      return FileType.Png;
    }
    if (file.hasTag(0, "\u00ff\u00d8\u00ff")) {
      return FileType.Jpeg;
    }
    if (file.hasTag(0, "RIFF") && file.hasTag(8, "WEBP")) {
      return FileType.WebP;
    }
    return file.hasTag(0, "BM") && file.size() > 26 && file.u32le(2) == file.size()
        ? FileType.Bmp
        : null;
  }

  static MediaInfo read(Path path, FileBytes file, FileType type)
      throws IOException, UnusableMediaException {
    refuseCutOff(file, type);
    Metadata metadata = metadata(path, file.size(), type);
    String format = type.getName();
    if (type == FileType.Png) {
      return photo(metadata, PngDirectory.class, format, 1, 2);
    }
    if (type == FileType.Jpeg) {
      return photo(metadata, JpegDirectory.class, format, 3, 1);
    }
    if (type == FileType.WebP) {
      return photo(metadata, WebpDirectory.class, format, 2, 1);
    }
    return photo(metadata, BmpHeaderDirectory.class, format, 2, 1);
  }

  private static Metadata metadata(Path path, long size, FileType type)
      throws IOException, UnusableMediaException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return ImageMetadataReader.readMetadata(in, size, type);
    } catch (ImageProcessingException | RuntimeException e) {
      throw UnusableMediaException.corrupt(type.getName(), String.valueOf(e.getMessage()));
    }
  }

  private static MediaInfo photo(
      Metadata metadata, Class<? extends Directory> directory, String format, int x, int y)
      throws UnusableMediaException {
    Integer width = null;
    Integer height = null;
    for (Directory each : metadata.getDirectoriesOfType(directory)) {
      width = width == null ? each.getInteger(x) : width;
      height = height == null ? each.getInteger(y) : height;
    }
    if (width == null || height == null || width <= 0 || height == 0) {
      throw UnusableMediaException.corrupt(format, "it does not say its size");
    }
    // A bitmap that is stored from top to bottom says so by a negative height.
    int rows = Math.abs(height);
    return isTurned(metadata)
        ? MediaInfo.photo(format, rows, width)
        : MediaInfo.photo(format, width, rows);
  }

  /** Whether the camera was held sideways: the picture is shown with its sides exchanged. */
  private static boolean isTurned(Metadata metadata) {
    Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer orientation = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return orientation != null && orientation >= 5 && orientation <= 8;
  }

  private static void refuseCutOff(FileBytes file, FileType type)
      throws IOException, UnusableMediaException {
    if (type == FileType.Png) {
      png(file);
    } else if (type == FileType.Jpeg) {
      jpeg(file);
    } else if (type == FileType.WebP && file.u32le(4) + 8 > file.size()) {
      throw UnusableMediaException.truncated(
          "WebP", "it promises " + (file.u32le(4) + 8) + " bytes and has " + file.size());
    }
  }

  private static void png(FileBytes file) throws IOException, UnusableMediaException {
    long at = 8;
    while (at + 12 <= file.size()) {
      if (file.hasTag(at + 4, "IEND")) {
        return;
      }
      at += 12 + file.u32(at);
    }
    throw UnusableMediaException.truncated("PNG", "its end is missing");
  }

  private static void jpeg(FileBytes file) throws IOException, UnusableMediaException {
    long least = Math.max(2, file.size() - MOST_TRAILING);
    for (long at = file.size() - 2; at >= least; at--) {
      if (file.u8(at) == 0xFF && file.u8(at + 1) == 0xD9) {
        return;
      }
    }
    throw UnusableMediaException.truncated("JPEG", "its end is missing");
  }
}
