package dev.millrace.testkit.media;

import static dev.millrace.testkit.media.Boxes.box;
import static dev.millrace.testkit.media.Boxes.full;

import java.time.Duration;

/**
 * MP4 after ISO/IEC 14496-12: ftyp, mdat with one JPEG and perhaps silence, moov. Every frame is a
 * chunk that points to the same JPEG, so a long film is still a small file. Times are in
 * microseconds.
 */
final class Mp4Writer {
  private static final long TIMESCALE = 1_000_000;
  private static final long FRAME = TIMESCALE / 25;
  private static final int SOUND_RATE = 8_000;
  private static final int COLOUR = 0x336699;
  private static final int MOVIE_HEADER_END = 24;

  private final int width;
  private final int height;
  private final long duration;
  private final boolean sound;
  private final byte[] picture;
  private final int samples;

  Mp4Writer(int width, int height, Duration length, boolean sound) {
    this.width = width;
    this.height = height;
    this.sound = sound;
    duration = length.toNanos() / 1_000;
    if (duration <= 0) {
      throw new IllegalArgumentException("an MP4 needs a length over zero, not " + length);
    }
    picture = Media.jpeg(width, height, COLOUR);
    samples = sound ? Math.toIntExact(duration * SOUND_RATE / TIMESCALE) : 0;
  }

  byte[] write() {
    byte[] ftyp = box("ftyp", new Boxes().text("isom").u32(0x200).text("isommp41").toBytes());
    byte[] mdat = box("mdat", picture, new byte[2 * samples]);
    long pictureAt = ftyp.length + 8L;
    byte[] video = track(1, "vide", full("vmhd", 1, new byte[8]), pictures(pictureAt));
    byte[] audio =
        sound
            ? track(2, "soun", full("smhd", 0, new byte[4]), silence(pictureAt + picture.length))
            : new byte[0];
    return new Boxes()
        .bytes(ftyp)
        .bytes(mdat)
        .bytes(box("moov", movieHeader(), video, audio))
        .toBytes();
  }

  private byte[] movieHeader() {
    return full(
        "mvhd",
        0,
        new Boxes()
            .u32(0, 0, TIMESCALE, duration, 0x10000)
            .u16(0x100)
            .zeros(10)
            .bytes(identity())
            .zeros(MOVIE_HEADER_END)
            .u32(sound ? 3 : 2)
            .toBytes());
  }

  private byte[] track(int id, String handler, byte[] mediaHeader, byte[] table) {
    boolean seen = handler.equals("vide");
    int enabledInMovie = 3;
    byte[] header =
        full(
            "tkhd",
            enabledInMovie,
            new Boxes()
                .u32(0, 0, id, 0, duration)
                .zeros(12)
                .u16(seen ? 0 : 0x100, 0)
                .bytes(identity())
                .u32(seen ? (long) width << 16 : 0, seen ? (long) height << 16 : 0)
                .toBytes());
    long scale = seen ? TIMESCALE : SOUND_RATE;
    int undetermined = 0x55C4;
    byte[] media =
        full(
            "mdhd",
            0,
            new Boxes().u32(0, 0, scale, seen ? duration : samples).u16(undetermined, 0).toBytes());
    byte[] kind = full("hdlr", 0, new Boxes().zeros(4).text(handler).zeros(13).toBytes());
    byte[] inThisFile = full("url ", 1);
    byte[] where = box("dinf", full("dref", 0, new Boxes().u32(1).bytes(inThisFile).toBytes()));
    return box("trak", header, box("mdia", media, kind, box("minf", mediaHeader, where, table)));
  }

  private byte[] pictures(long at) {
    int frames = Math.toIntExact(Math.ceilDiv(duration, FRAME));
    long last = duration - (frames - 1) * FRAME;
    int dotsPerInch = 0x480000;
    var entry =
        new Boxes()
            .zeros(6)
            .u16(1)
            .zeros(16)
            .u16(width, height)
            .u32(dotsPerInch, dotsPerInch, 0)
            .u16(1)
            .zeros(32)
            .u16(24, 0xFFFF);
    var offsets = new Boxes().u32(frames);
    for (int i = 0; i < frames; i++) {
      offsets.u32(at);
    }
    return box(
        "stbl",
        full("stsd", 0, new Boxes().u32(1).bytes(box("jpeg", entry.toBytes())).toBytes()),
        full("stts", 0, new Boxes().u32(2, frames - 1, FRAME, 1, last).toBytes()),
        full("stsc", 0, new Boxes().u32(1, 1, 1, 1).toBytes()),
        full("stsz", 0, new Boxes().u32(picture.length, frames).toBytes()),
        full("stco", 0, offsets.toBytes()));
  }

  private byte[] silence(long at) {
    var entry = new Boxes().zeros(6).u16(1).zeros(8).u16(1, 16, 0, 0).u32((long) SOUND_RATE << 16);
    return box(
        "stbl",
        full("stsd", 0, new Boxes().u32(1).bytes(box("sowt", entry.toBytes())).toBytes()),
        full("stts", 0, new Boxes().u32(1, samples, 1).toBytes()),
        full("stsc", 0, new Boxes().u32(1, 1, samples, 1).toBytes()),
        full("stsz", 0, new Boxes().u32(2, samples).toBytes()),
        full("stco", 0, new Boxes().u32(1, at).toBytes()));
  }

  /** The transformation matrix that leaves a picture as it is. */
  private static byte[] identity() {
    return new Boxes().u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000).toBytes();
  }
}
