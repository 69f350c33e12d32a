package dev.millrace.apps.draft.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubtitleReaderTest {
  private static final String TWO =
      """
      1
      00:00:01,000 --> 00:00:02,500
      新品上市

      2
      00:00:03,000 --> 00:00:04,000
      第二行
      第三行
      """;

  private static final List<Cue> CUES =
      List.of(new Cue(1_000_000, 2_500_000, "新品上市"), new Cue(3_000_000, 4_000_000, "第二行\n第三行"));

  private static List<Cue> read(String text) throws Exception {
    return SubtitleReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030", "GBK"})
  void readsEveryEncodingThatPeopleUse(String charset) throws Exception {
    assertThat(SubtitleReader.read(TWO.getBytes(Charset.forName(charset)))).isEqualTo(CUES);
  }

  @Test
  void readsByteOrderMarks() throws Exception {
    assertThat(read("\uFEFF" + TWO)).isEqualTo(CUES);
    assertThat(SubtitleReader.read(("\uFEFF" + TWO).getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo(CUES);
    assertThat(SubtitleReader.read(("\uFEFF" + TWO).getBytes(StandardCharsets.UTF_16BE)))
        .isEqualTo(CUES);
  }

  @Test
  void toleratesHowFilesReallyAre() throws Exception {
    assertThat(read(TWO.replace("\n", "\r\n"))).isEqualTo(CUES);
    assertThat(read(TWO.replace("\n", "\r"))).isEqualTo(CUES);
    assertThat(read(TWO.replace(',', '.'))).isEqualTo(CUES);
    assertThat(read(TWO.replace("1\n00", "00").replace("2\n00", "00"))).isEqualTo(CUES);
    assertThat(read("WEBVTT\n\n" + TWO.replace("00:00:0", "00:0"))).isEqualTo(CUES);
    assertThat(read(TWO.replace("新品上市", "<b>新品</b>{\\an8}上市"))).isEqualTo(CUES);
    assertThat(read(TWO.replace("第二行\n", "第二行\n\n"))).isEqualTo(CUES);
    assertThat(read(TWO.replace("02,500", "02,500 X1:0 X2:9"))).isEqualTo(CUES);
  }

  @Test
  void keepsNumbersThatAreWords() throws Exception {
    assertThat(read("1\n00:00:01,000 --> 00:00:02,000\n2026\n").getFirst().text())
        .isEqualTo("2026");
  }

  @Test
  void setsCuesApart() throws Exception {
    assertThat(
            read(
                """
                00:00:05,000 --> 00:00:06,000
                last
                00:00:01,000 --> 00:00:04,000
                first
                00:00:02,000 --> 00:00:03,000
                second
                00:00:02,000 --> 00:00:03,500
                beside it
                00:00:07,000 --> 00:00:07,000
                never shown
                """))
        .containsExactly(
            new Cue(1_000_000, 2_000_000, "first"),
            new Cue(2_000_000, 3_500_000, "second\nbeside it"),
            new Cue(5_000_000, 6_000_000, "last"));
  }

  @Test
  void refusesWhatIsNoSubtitles() {
    assertThatThrownBy(() -> read("<html></html>"))
        .isInstanceOf(UnusableSubtitlesException.class)
        .hasMessageContaining("-->");
    assertThatThrownBy(() -> SubtitleReader.read(new byte[SubtitleReader.MOST_BYTES + 1]))
        .hasMessageContaining("split");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= SubtitleReader.MOST_CUES; i++) {
      many.append("%02d:%02d:%02d,0 --> 99:00:00,0\nx\n".formatted(i / 3600, i / 60 % 60, i % 60));
    }
    assertThatThrownBy(() -> read(many.toString())).hasMessageContaining("at most");
  }

  @Test
  void readsWebVtt() throws Exception {
    assertThat(
            read(
                """
                WEBVTT - 片名
                Kind: captions

                STYLE
                ::cue { color: red }

                NOTE a remark
                over two lines

                intro
                00:01.000 --> 00:02.500 align:start position:10%
                <v 小明>1 &lt; 2 &amp; <c.loud>三<00:02.000>四</c>

                2
                00:00:03.000 --> 00:00:04.000
                second
                2026
                """))
        .containsExactly(
            new Cue(1_000_000, 2_500_000, "1 < 2 & 三四"),
            new Cue(3_000_000, 4_000_000, "second\n2026"));
  }

  @Test
  void readsLyrics() throws Exception {
    assertThat(
            read(
                """
                [ti:歌名]
                [offset:+500]
                [00:01.50]第一句
                [00:10][00:04.5]副<00:05.00>歌
                [00:06.00]
                """))
        .containsExactly(
            new Cue(1_000_000, 4_000_000, "第一句"),
            new Cue(4_000_000, 5_500_000, "副歌"),
            new Cue(9_500_000, 14_500_000, "副歌"));
  }
}
