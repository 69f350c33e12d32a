package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Seed;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskIdTest {
  private static final TaskId ID = new TaskId(1_795_000_000_000L << 20 | 7 << 10 | 3);

  @Test
  void isShownAsVersionSevenUuidOfItsTime() {
    assertThat(ID.uuid().version()).isEqualTo(7);
    assertThat(ID.uuid().variant()).isEqualTo(2);
    assertThat(ID.uuid().getMostSignificantBits() >>> 16).isEqualTo(1_795_000_000_000L);
    assertThat(ID.createdAt()).isEqualTo(Instant.ofEpochMilli(1_795_000_000_000L));
  }

  @Test
  void everyKeySurvivesItsText() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 20_000; i++) {
            TaskId id = new TaskId(random.nextLong(1, Long.MAX_VALUE));
            assertThat(TaskId.parse(id.toString())).isEqualTo(id);
          }
        });
  }

  @Test
  void textSortsAsKeysDo() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 20_000; i++) {
            TaskId a = new TaskId(random.nextLong(1, Long.MAX_VALUE));
            TaskId b = new TaskId(a.key() + random.nextInt(1, 100));
            assertThat(a.toString()).isLessThan(b.toString());
          }
        });
  }

  @Test
  void neighboursDifferInTheirLastEightCharacters() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      seen.add(new TaskId(ID.key() + ((long) i << 10)).toString().substring(28));
    }
    assertThat(seen).hasSizeGreaterThan(9_990);
  }

  @Test
  void everySingleTypoIsRecognised() {
    String text = ID.toString();
    for (int at = 0; at < text.length(); at++) {
      char wrong = text.charAt(at) == 'a' ? 'b' : 'a';
      String typo = text.substring(0, at) + wrong + text.substring(at + 1);
      assertThatThrownBy(() -> TaskId.parse(typo))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining(typo);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1-2-3-4-5", "00000000-0000-7000-8000-000000000000", "018f0000"})
  void refusesWhatIsNoId(String text) {
    assertThatThrownBy(() -> TaskId.parse(text))
        .isInstanceOfSatisfying(
            TaskException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(TaskException.Reason.INVALID_ID);
              assertThat(refusal.pointer()).isEqualTo("/id");
              assertThat(refusal.remedy()).isNotBlank();
            });
  }

  @Test
  void acceptsUpperCase() {
    assertThat(TaskId.parse(ID.toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(ID);
  }
}
