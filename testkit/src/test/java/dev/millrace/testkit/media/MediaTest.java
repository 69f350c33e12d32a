package dev.millrace.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTest {
  @TempDir Path folder;

  @Test
  void imagesHaveTheSizeAndColourAskedFor() throws Exception {
    for (byte[] file :
        List.of(
            Media.png(33, 21, 0xFF0000),
            Media.gif(33, 21, 0xFF0000),
            Media.jpeg(33, 21, 0xFF0000))) {
      var image = ImageIO.read(new ByteArrayInputStream(file));
      assertThat(image.getWidth()).isEqualTo(33);
      assertThat(image.getHeight()).isEqualTo(21);
      assertThat((image.getRGB(20, 10) >> 16) & 0xFF).isGreaterThan(250);
      assertThat(image.getRGB(20, 10) & 0xFFFF).isLessThan(0x0505);
    }
  }

  @Test
  void wavHasTheLengthAskedFor() throws Exception {
    byte[] file = Media.wav(Duration.ofMillis(1_250), 440);
    try (var audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
      assertThat(audio.getFrameLength() / audio.getFormat().getFrameRate())
          .isEqualTo(1.25f, offset(0.0001f));
    }
  }

  @Test
  void subtitlesAreNumberedAndTimed() {
    byte[] file = Media.srt(List.of(new Cue(Duration.ZERO, Duration.ofMillis(61_500), "你好")));
    assertThat(new String(file)).isEqualTo("1\n00:00:00,000 --> 00:01:01,500\n你好\n\n");
  }

  @Test
  void filmsAndSoundsReadAsTheyWereMeant() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffprobe")), "needs ffprobe");
    var length = Duration.ofMillis(3_217);
    assertThat(probe("a.mp4", Media.mp4(320, 180, length)))
        .contains("codec_name=mjpeg", "width=320", "height=180", "nb_read_frames=81")
        .contains("duration=3.217000");
    assertThat(probe("b.mp4", Media.mp4WithSound(64, 48, length)))
        .contains("codec_name=mjpeg", "codec_name=pcm_s16le", "duration=3.217000");
    assertThat(probe("c.mp3", Media.mp3(Duration.ofMillis(2_400))))
        .contains("codec_name=mp3", "sample_rate=48000", "duration=2.400000", "nb_read_frames=100");
    assertThat(probe("d.wav", Media.wav(length, 440))).contains("duration=3.217");
  }

  private String probe(String name, byte[] content) throws Exception {
    Path file = Files.write(folder.resolve(name), content);
    var process =
        new ProcessBuilder(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-show_streams",
                "-show_format",
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes());
  }
}
