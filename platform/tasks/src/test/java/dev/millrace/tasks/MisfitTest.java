package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs that do not fit are refused in words of JSON, for people who never saw the record. */
class MisfitTest {
  enum Colour {
    RED,
    BLUE
  }

  record Part(int size) {}

  record Everything(
      int count,
      double share,
      boolean yes,
      String text,
      Colour colour,
      Instant at,
      Duration time,
      List<Part> parts) {
    Everything {
      if (count > 9) {
        throw new IllegalArgumentException("count is " + count + "; use 0 to 9");
      }
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"count":"many"}        | /input/count        | the text 'many' stands there, and a whole number is expected
          {"count":[1]}           | /input/count        | a list stands there, and a whole number is expected
          {"count":12}            | /input              | count is 12; use 0 to 9
          {"share":true}          | /input/share        | true stands there, and a number is expected
          {"yes":{"a":1}}         | /input/yes          | an object stands there, and true or false is expected
          {"text":[]}             | /input/text         | an empty list stands there, and a text is expected
          {"colour":"GREEN"}      | /input/colour       | the text 'GREEN' stands there, and one of RED, BLUE is expected
          {"at":"noon"}           | /input/at           | a time such as "2026-11-20T08:00:00Z" is expected
          {"time":"long"}         | /input/time         | a duration such as "PT5S" is expected
          {"parts":7}             | /input/parts        | the number 7 stands there, and a list is expected
          {"parts":[{"size":"x"}]}| /input/parts/0/size | the text 'x' stands there, and a whole number is expected
          {"parts":["x"]}         | /input/parts/0      | an object with the fields size is expected
          {"cuont":1}             | /input/cuont        | 'cuont' is not known here; known are
          [1]                     | /input              | a list stands there, and an object with the fields count
          """)
  void saysWhatStandsThereAndWhatIsExpected(String input, String pointer, String said) {
    var type = TaskType.io("all", Everything.class, Everything.class, (_, all) -> all);
    try (var site = new Site(folder).start(type)) {
      Throwable refusal =
          ThrowableAssert.catchThrowable(() ->
              site.tasks.submitJson("all", Json.MAPPER.readTree(input), SubmitOptions.defaults()));
      assertThat(refusal)
          .isInstanceOfSatisfying(
              TaskException.class, refused -> assertThat(refused.pointer()).isEqualTo(pointer))
          .hasMessageContaining(said)
          .message()
          .doesNotContain("java.", "Everything", "deserialize", "MisfitTest");
    }
  }
}
