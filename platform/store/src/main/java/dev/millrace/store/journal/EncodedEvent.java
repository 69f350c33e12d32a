package dev.millrace.store.journal;

/** An event made ready outside the transaction, so that the writer does not wait for it. */
public final class EncodedEvent {
  final String type;
  final int version;
  final String json;

  EncodedEvent(String type, int version, String json) {
    this.type = type;
    this.version = version;
    this.json = json;
  }

  @Override
  public String toString() {
    return type + "@" + version;
  }
}
