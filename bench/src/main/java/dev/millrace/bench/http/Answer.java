package dev.millrace.bench.http;

import java.nio.charset.StandardCharsets;

/** Finds the end of an HTTP/1.1 answer, which says its length or comes in chunks. */
final class Answer {
  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] CHUNKED = bytes("transfer-encoding: chunked");

  private Answer() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static int status(byte[] answer) {
    return (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
  }

  /** The index after the answer's last byte, or -1 if it is not complete. */
  static int end(byte[] answer, int length) {
    int body = headEnd(answer, length);
    if (body < 0) {
      return -1;
    }
    for (int line = lineEnd(answer, 0, body); line < body - 2; line = lineEnd(answer, line, body)) {
      if (starts(answer, line, LENGTH)) {
        int end = body + number(answer, line + LENGTH.length, 10);
        return end <= length ? end : -1;
      }
      if (starts(answer, line, CHUNKED)) {
        return chunksEnd(answer, body, length);
      }
    }
    return body;
  }

  private static int headEnd(byte[] answer, int length) {
    for (int i = 3; i < length; i++) {
      if (answer[i] == '\n' && answer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int lineEnd(byte[] answer, int from, int to) {
    int i = from;
    while (i < to && answer[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  private static boolean starts(byte[] answer, int at, byte[] lowerCase) {
    if (at + lowerCase.length > answer.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int found = answer[at + i];
      if (found >= 'A' && found <= 'Z') {
        found += 'a' - 'A';
      }
      if (found != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static int chunksEnd(byte[] answer, int body, int length) {
    int at = body;
    while (true) {
      int data = lineEnd(answer, at, length);
      if (data > length) {
        return -1;
      }
      int size = number(answer, at, 16);
      int end = data + size + 2;
      if (end > length) {
        return -1;
      }
      if (size == 0) {
        return end;
      }
      at = end;
    }
  }

  private static int number(byte[] answer, int from, int radix) {
    int i = from;
    while (answer[i] == ' ') {
      i++;
    }
    int value = 0;
    for (int digit; (digit = Character.digit(answer[i], radix)) >= 0; i++) {
      value = value * radix + digit;
    }
    return value;
  }
}
