package dev.millrace.store;

/** The snapshot of a read, which stops when the read is cancelled. */
final class ReaderView extends SnapshotView {
  private final Read<?, ?> read;

  ReaderView(Session session, Read<?, ?> read) {
    super(session);
    this.read = read;
  }

  @Override
  void check() {
    super.check();
    read.requireWanted();
  }
}
