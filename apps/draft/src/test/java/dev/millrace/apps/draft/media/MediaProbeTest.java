package dev.millrace.apps.draft.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.format.Media.Kind;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.media.Media;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MediaProbeTest {
  @TempDir Path folder;

  private MediaInfo probe(byte[] bytes) throws Exception {
    return MediaProbe.builtIn().probe(Files.write(folder.resolve("file"), bytes));
  }

  private static byte[] bitmap() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB), "bmp", out);
    return out.toByteArray();
  }

  static Stream<Arguments> whole() throws Exception {
    Duration length = Duration.ofMillis(2_400);
    return Stream.of(
        Arguments.of(Media.png(640, 480, 1), Kind.PHOTO, "PNG", 640, 480, 0L, false),
        Arguments.of(Media.jpeg(321, 123, 1), Kind.PHOTO, "JPEG", 321, 123, 0L, false),
        Arguments.of(Media.gif(20, 10, 1), Kind.PHOTO, "GIF", 20, 10, 0L, false),
        Arguments.of(bitmap(), Kind.PHOTO, "BMP", 31, 17, 0L, false),
        Arguments.of(webp(), Kind.PHOTO, "WebP", 1, 1, 0L, false),
        Arguments.of(film(), Kind.VIDEO, "GIF", 20, 10, 350_000L, false),
        Arguments.of(Media.mp4(64, 48, length), Kind.VIDEO, "MP4", 64, 48, 2_400_000L, false),
        Arguments.of(
            Media.mp4WithSound(64, 48, length), Kind.VIDEO, "MP4", 64, 48, 2_400_000L, true),
        Arguments.of(fragmented(), Kind.VIDEO, "MP4", 64, 48, 1_500_000L, false),
        Arguments.of(Media.wav(length, 440), Kind.AUDIO, "WAV", 0, 0, 2_400_000L, true),
        Arguments.of(Media.mp3(length), Kind.AUDIO, "MP3", 0, 0, 2_400_000L, true),
        Arguments.of(tagged(Media.mp3(length)), Kind.AUDIO, "MP3", 0, 0, 2_400_000L, true),
        Arguments.of(flac(), Kind.AUDIO, "FLAC", 0, 0, 1_500_000L, true),
        Arguments.of(aac(), Kind.AUDIO, "AAC", 0, 0, 213_333L, true));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void tellsWhatAFileIs(
      byte[] file, Kind kind, String format, int width, int height, long micros, boolean audio)
      throws Exception {
    assertThat(probe(file)).isEqualTo(new MediaInfo(kind, format, width, height, micros, audio));
  }

  /**
   * An MP4 as recorders write it: the index knows no length, two fragments hold the samples. The
   * first names each sample's length (500 + 700 units of 1/1000 s), the second takes the usual one.
   */
  private static byte[] fragmented() {
    byte[] track =
        box(
            "tkhd",
            "00000007 00000000 00000000 00000002 00000000 00000000"
                + "00000000 00000000 00000000 00000000"
                + "00010000 00000000 00000000 00000000 00010000 00000000 00000000 00000000 40000000"
                + "00400000 00300000");
    byte[] media =
        box(
            "mdia",
            hex(box("mdhd", "00000000 00000000 00000000 000003e8 00000000 55c40000"))
                + hex(box("hdlr", "00000000 00000000 76696465 00000000 00000000 00000000 00")));
    byte[] movie =
        box(
            "moov",
            hex(box("mvhd", "00000000 00000000 00000000 00000258 00000000" + "00".repeat(80)))
                + hex(box("trak", hex(track) + hex(media)))
                + hex(
                    box(
                        "mvex",
                        hex(
                            box(
                                "trex",
                                "00000000 00000002 00000001 00000064 00000000 00000000")))));
    String first =
        hex(box("tfhd", "00020000 00000002"))
            + hex(box("trun", "00000301 00000002 00000000 000001f4 00000010 000002bc 00000010"));
    String other =
        hex(box("tfhd", "00020008 00000009 00000fff")) + hex(box("trun", "00000000 00000005"));
    String second = hex(box("tfhd", "00020000 00000002")) + hex(box("trun", "00000000 00000003"));
    return HexFormat.of()
        .parseHex(
            hex(box("ftyp", "69736f6d 00000000"))
                + hex(movie)
                + hex(box("moof", hex(box("traf", first)) + hex(box("traf", other))))
                + hex(box("mdat", "00"))
                + hex(box("moof", hex(box("traf", second))))
                + hex(box("mdat", "00")));
  }

  private static byte[] box(String type, String hex) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
    return ByteBuffer.allocate(8 + body.length)
        .putInt(8 + body.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(body)
        .array();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A GIF of three frames; one of them names no delay. */
  private static byte[] film() {
    byte[] one = Media.gif(20, 10, 1);
    int colors = 13 + (3 << ((one[10] & 7) + 1));
    int image = colors;
    while (one[image] != 0x2C) {
      image++;
    }
    byte[] picture = Arrays.copyOfRange(one, image, one.length - 1);
    ByteArrayOutputStream film = new ByteArrayOutputStream();
    film.writeBytes(Arrays.copyOf(one, colors));
    for (int hundredths : new int[] {10, 15, 0}) {
      film.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 0, (byte) hundredths, 0, 0, 0});
      film.writeBytes(picture);
    }
    film.write(0x3B);
    return film.toByteArray();
  }

  /** The smallest lossless WebP: one pixel. */
  private static byte[] webp() {
    return HexFormat.of()
        .parseHex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700");
  }

  private static byte[] tagged(byte[] mp3) {
    byte[] tag = new byte[10 + 300];
    System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 2, 44}, 0, tag, 0, 10);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(tag);
    all.writeBytes(mp3);
    return all.toByteArray();
  }

  private static byte[] flac() {
    ByteBuffer file = ByteBuffer.allocate(42);
    file.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(34);
    file.position(18).putLong(48_000L << 44 | 1L << 41 | 15L << 36 | 72_000L);
    return file.array();
  }

  /** Ten frames of AAC at 48 kHz, without anything in them. */
  private static byte[] aac() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < 10; i++) {
      file.writeBytes(HexFormat.of().parseHex("fff14c4001dffc"));
      file.writeBytes(new byte[7]);
    }
    return file.toByteArray();
  }

  static Stream<Arguments> broken() {
    byte[] png = Media.png(64, 64, 1);
    byte[] jpeg = Media.jpeg(64, 64, 1);
    byte[] gif = Media.gif(64, 64, 1);
    byte[] mp4 = Media.mp4(64, 48, Duration.ofSeconds(2));
    byte[] wav = Media.wav(Duration.ofSeconds(1), 440);
    return Stream.of(
        Arguments.of("media-empty", new byte[0]),
        Arguments.of("media-truncated", Arrays.copyOf(png, png.length - 5)),
        Arguments.of("media-truncated", Arrays.copyOf(jpeg, jpeg.length - 2)),
        Arguments.of("media-truncated", Arrays.copyOf(gif, gif.length - 1)),
        Arguments.of("media-truncated", Arrays.copyOf(mp4, mp4.length - 100)),
        Arguments.of("media-truncated", Arrays.copyOf(wav, wav.length / 2)),
        Arguments.of("media-truncated", Arrays.copyOf(webp(), 25)),
        Arguments.of("media-not-media", "<!DOCTYPE html><p>Log in".getBytes()),
        Arguments.of("media-not-media", "\uFEFF  <html>".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("media-not-media", "{\"error\":\"expired\"}".getBytes()),
        Arguments.of("media-unsupported", "OggS and more".getBytes()),
        Arguments.of("media-unsupported", "\0\0\0\30ftypheic\0\0\0\0".getBytes()),
        Arguments.of(
            "media-corrupt", riff("fmt \20\0\0\0\1\0\1\0\0\0\0\0\0\0\0\0\1\0\10\0data\4\0\0\0")),
        Arguments.of("media-corrupt", "\0\0\0\10ftyp\0\0\0\5moov".getBytes()));
  }

  private static byte[] riff(String chunks) {
    byte[] body = (chunks + "abcd").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(12 + body.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes()).putInt(4 + body.length).put("WAVE".getBytes()).put(body);
    return file.array();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatIsNoWholeMedia(String code, byte[] file) {
    assertThatThrownBy(() -> probe(file))
        .isInstanceOfSatisfying(
            UnusableMediaException.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .isNotBlank();
  }

  /** Whatever bytes come, there is an answer or a refusal, soon. */
  @Test
  void survivesDamageAnywhere() {
    Seed.current().run(this::damage);
  }

  private void damage(SplittableRandom random) throws Exception {
    byte[][] files = {
      Media.png(64, 64, 1),
      Media.jpeg(64, 64, 1),
      film(),
      Media.mp4WithSound(64, 48, Duration.ofSeconds(1)),
      Media.wav(Duration.ofMillis(100), 440),
      Media.mp3(Duration.ofSeconds(1)),
      webp(),
      flac(),
      aac(),
      fragmented()
    };
    for (int round = 0; round < 450; round++) {
      byte[] file = files[round % files.length].clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        file[random.nextInt(Math.min(file.length, 400))] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(file, 1 + random.nextInt(file.length));
      for (byte[] damaged : new byte[][] {file, cut}) {
        try {
          assertThat(probe(damaged).durationMicros()).isNotNegative();
        } catch (UnusableMediaException refused) {
          assertThat(refused.getMessage()).isNotBlank();
        }
      }
    }
  }

  @Test
  void turnsPhotosThatWereTakenSideways() throws Exception {
    byte[] jpeg = Media.jpeg(60, 40, 1);
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe100224578696600004d4d002a000000080001011200030000000100060000" + "00000000");
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(jpeg, 0, 2);
    turned.writeBytes(exif);
    turned.write(jpeg, 2, jpeg.length - 2);

    assertThat(probe(turned.toByteArray())).isEqualTo(MediaInfo.photo("JPEG", 40, 60));
  }

  @Test
  void countsOnlyTheFramesBehindAnInfoHeader() throws Exception {
    byte[] mp3 = Media.mp3(Duration.ofMillis(240));
    byte[] header = Arrays.copyOf(mp3, 384);
    System.arraycopy(
        "Info\0\0\0\1\0\0\0\12".getBytes(StandardCharsets.ISO_8859_1), 0, header, 21, 12);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header);
    file.writeBytes(mp3);
    assertThat(probe(file.toByteArray()).durationMicros()).isEqualTo(240_000);

    assertThatThrownBy(() -> probe(Arrays.copyOf(file.toByteArray(), 384 * 6)))
        .isInstanceOfSatisfying(
            UnusableMediaException.class, e -> assertThat(e.code()).isEqualTo("media-truncated"));
  }

  @Test
  void writesPlaceholdersThatAreWholeMedia() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    Placeholder.png(108, 192, png);
    assertThat(probe(png.toByteArray())).isEqualTo(MediaInfo.photo("PNG", 108, 192));
    BufferedImage seen = ImageIO.read(folder.resolve("file").toFile());
    assertThat(seen.getRGB(54, 10) & 0xFF).as("grey").isNotEqualTo(seen.getRGB(0, 0) & 0xFF);

    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    Placeholder.wav(1_234_567, wav);
    assertThat(probe(wav.toByteArray()).durationMicros()).isBetween(1_234_567L, 1_234_700L);
  }

  private Ffprobe program(String script, Duration limit) throws Exception {
    Path program = Files.writeString(folder.resolve("ffprobe"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Ffprobe(program, limit);
  }

  private MediaInfo probeUnknown(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("odd.mkv"), "some format of tomorrow");
    return MediaProbe.with(program(script, Duration.ofSeconds(10))).probe(file);
  }

  @Test
  void asksFfprobeAboutOtherFormats() throws Exception {
    String film =
        "{\"format\":{\"format_name\":\"matroska\",\"duration\":\"2.500000\"},\"streams\":["
            + "{\"codec_type\":\"audio\"},{\"codec_type\":\"video\",\"width\":320,\"height\":240}]}";
    assertThat(probeUnknown("echo '" + film + "'"))
        .isEqualTo(new MediaInfo(Kind.VIDEO, "matroska", 320, 240, 2_500_000, true));
    assertThat(
            probeUnknown(
                "echo '{\"format\":{\"format_name\":\"ogg\",\"duration\":\"1\"},"
                    + "\"streams\":[{\"codec_type\":\"audio\"}]}'"))
        .isEqualTo(MediaInfo.audio("ogg", 1_000_000));
    assertThat(
            probeUnknown(
                    "echo '{\"streams\":[{\"codec_type\":\"video\",\"width\":3,\"height\":4}]}'")
                .kind())
        .isEqualTo(Kind.PHOTO);
    assertThat(
            probeUnknown(
                "case \"$*\" in *'-protocol_whitelist file'*'file:/'*) echo '" + film + "';; esac"))
        .as("only local files, no playlists to elsewhere")
        .isNotNull();
  }

  @Test
  void refusesWhatFfprobeCannotRead() throws Exception {
    assertThatThrownBy(() -> probeUnknown("exit 1")).isInstanceOf(UnusableMediaException.class);
    assertThatThrownBy(() -> probeUnknown("echo no json"))
        .isInstanceOf(UnusableMediaException.class);
    assertThatThrownBy(() -> probeUnknown("echo '{}'")).isInstanceOf(UnusableMediaException.class);
    Path file = Files.writeString(folder.resolve("odd.mkv"), "some format of tomorrow");
    MediaProbe slow = MediaProbe.with(program("sleep 60", Duration.ofMillis(100)));
    assertThatThrownBy(() -> slow.probe(file)).hasMessageContaining("did not finish");
  }
}
