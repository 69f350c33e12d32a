package dev.millrace.store.journal;

/** An event made ready outside the transaction, so that the writer does not wait for it. */
public final class EncodedEvent {
  /** What stands around type and JSON, at most. */
  private static final int FRAME_BYTES = 12;

  final String type;
  final int version;
  final String json;

  /** Length of its line in UTF-8, about. */
  final int bytes;

  EncodedEvent(String type, int version, String json) {
    this.type = type;
    this.version = version;
    this.json = json;
    this.bytes = JournalRow.bytes(type) + JournalRow.bytes(json) + FRAME_BYTES;
  }

  @Override
  public String toString() {
    return type + "@" + version;
  }
}
