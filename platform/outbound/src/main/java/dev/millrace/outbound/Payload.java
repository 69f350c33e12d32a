package dev.millrace.outbound;

/** A body to send, with its media type. The bytes are not copied and must not change. */
final class Payload {
  private final byte[] bytes;
  private final String type;

  Payload(byte[] bytes, String type) {
    this.bytes = bytes;
    this.type = type;
  }

  byte[] bytes() {
    return bytes;
  }

  String type() {
    return type;
  }
}
