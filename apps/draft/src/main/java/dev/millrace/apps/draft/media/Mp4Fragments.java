package dev.millrace.apps.draft.media;

import dev.millrace.apps.draft.media.Boxes.Box;
import java.io.IOException;

/** Adds up the samples of one track of an MP4 that is written in fragments. */
final class Mp4Fragments {
  private final FileBytes file;
  private final Boxes boxes;
  private final Box movie;
  private final long track;

  Mp4Fragments(FileBytes file, Boxes boxes, Box movie, long track) {
    this.file = file;
    this.boxes = boxes;
    this.movie = movie;
    this.track = track;
  }

  /** The length of all samples, in the units of the track. */
  long units() throws IOException, UnusableMediaException {
    long usual = usualLength();
    long units = 0;
    for (Box fragment : boxes.outer()) {
      if (fragment.type().equals("moof")) {
        for (Box part : boxes.in(fragment)) {
          units += part.type().equals("traf") ? samples(part, usual) : 0;
        }
      }
    }
    return units;
  }

  /** The length of a sample where a fragment names none. */
  private long usualLength() throws IOException, UnusableMediaException {
    for (Box extension : boxes.in(movie)) {
      if (extension.type().equals("mvex")) {
        for (Box box : boxes.in(extension)) {
          if (box.type().equals("trex") && file.u32(box.start() + 4) == track) {
            return file.u32(box.start() + 12);
          }
        }
      }
    }
    return 0;
  }

  /** The length of one track's samples in a fragment, 0 if it is another track. */
  private long samples(Box fragment, long usual) throws IOException, UnusableMediaException {
    long units = 0;
    long each = usual;
    for (Box box : boxes.in(fragment)) {
      long flags = file.u32(box.start()) & 0xFF_FFFF;
      if (box.type().equals("tfhd")) {
        if (file.u32(box.start() + 4) != track) {
          return 0;
        }
        long at = box.start() + 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        each = (flags & 8) != 0 ? file.u32(at) : usual;
      } else if (box.type().equals("trun")) {
        long count = file.u32(box.start() + 4);
        if ((flags & 0x100) == 0) {
          units += count * each;
          continue;
        }
        long at = box.start() + 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        long step = 4L * Long.bitCount(flags & 0xF00);
        for (long i = 0; i < count && at < box.end(); i++, at += step) {
          units += file.u32(at);
        }
      }
    }
    return units;
  }
}
