package dev.millrace.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  private static final String SIZED =
      "HTTP/1.1 202 Accepted\r\n"
          + "Content-Type: application/json\r\n"
          + "Content-Length: 11\r\n\r\n"
          + "{\"id\":\"17\"}";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n1\r\n!\r\n0\r\n\r\n";
  private static final String EMPTY = "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {SIZED, CHUNKED, EMPTY})
  void isCompleteWithItsLastByteAndNotBefore(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Answer.end(Arrays.copyOf(bytes, 4096), length))
          .as("after %d", length)
          .isEqualTo(-1);
    }
    assertThat(Answer.end(Arrays.copyOf(bytes, 4096), bytes.length)).isEqualTo(bytes.length);
  }

  @Test
  void readsTheStatus() {
    assertThat(Answer.status(SIZED.getBytes(StandardCharsets.US_ASCII))).isEqualTo(202);
  }
}
