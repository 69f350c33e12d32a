package dev.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  record Key(long at, String id) {}

  record Filter(String state, List<String> tags) {}

  private final Cursor<Key> cursor =
      Cursor.of("tasks", new Filter("ready", List.of("a")), Key.class);

  @Test
  void returnsTheKeyItWasMadeOf() {
    String token = cursor.encode(new Key(17, "归"));
    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThat(cursor.decode(token)).isEqualTo(new Key(17, "归"));
    assertThat(cursor.decode(null)).isNull();
    assertThat(cursor.decode("")).isNull();
  }

  @Test
  void refusesWhatDoesNotBelongToTheList() {
    String token = cursor.encode(new Key(17, "a"));
    refuses(
        Cursor.of("tasks", new Filter("dead", List.of("a")), Key.class), token, "other filters");
    refuses(
        Cursor.of("events", new Filter("ready", List.of("a")), Key.class), token, "another list");
    refuses(cursor, token.substring(0, 4), "cut off");
    refuses(cursor, token.substring(0, 12), "damaged");
    refuses(cursor, "!!!", "damaged");
    refuses(cursor, "x".repeat(2000), "longer");
  }

  private static void refuses(Cursor<Key> cursor, String token, String why) {
    var refused = catchThrowableOfType(ProblemException.class, () -> cursor.decode(token));
    assertThat(refused.type()).isEqualTo(HttpProblems.CURSOR_INVALID);
    assertThat(refused).hasMessageContaining(why);
  }
}
