package dev.millrace.outbound;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A download that is not finished: {@code KEY.part} and its {@link PartState} in {@code
 * KEY.part.json}. Confined to one thread; one process at a time.
 *
 * <p>The order of writes is what makes it safe to be killed anywhere: the file is emptied before a
 * state of other content is written, bytes are forced to disk before the state vouches for them.
 * File streams are used because, unlike channels, an interrupted thread does not close them.
 */
final class PartFile implements AutoCloseable {
  static final String STATE_SUFFIX = ".json";

  private static final long CHECKPOINT_BYTES = 16L << 20;
  private static final int BUFFER = 128 * 1024;

  private final Path file;
  private final Path sidecar;
  private final @Nullable String boot;
  private @Nullable PartState state;
  private @Nullable RandomAccessFile out;
  private Sha256 digest = new Sha256();
  private long length;
  private long digested;
  private long checkpointAt;
  private boolean assembled;

  private PartFile(Path file, @Nullable String boot) {
    this.file = file;
    this.sidecar = sidecarOf(file);
    this.boot = boot;
  }

  static Path sidecarOf(Path file) {
    return file.resolveSibling(file.getFileName() + STATE_SUFFIX);
  }

  /** Takes up what an earlier run left, if it can be trusted. */
  static PartFile open(Path file, @Nullable String boot) throws IOException {
    var part = new PartFile(file, boot);
    part.takeUp();
    return part;
  }

  private void takeUp() throws IOException {
    PartState left = Files.exists(sidecar) ? PartState.fromJson(Files.readAllBytes(sidecar)) : null;
    if (left == null || !Files.exists(file)) {
      return;
    }
    boolean sameBoot = boot != null && boot.equals(left.boot());
    long size = Files.size(file);
    long trusted = sameBoot ? size : Math.min(size, left.validated());
    if (trusted > 0 && (left.total() < 0 || trusted <= left.total())) {
      state = left;
      length = trusted;
      assembled = true;
    }
  }

  /** Leading bytes of the content that are here. */
  long length() {
    return length;
  }

  /** What the bytes belong to; null if there are none. */
  @Nullable PartState state() {
    return length > 0 ? state : null;
  }

  /** Whether all bytes are here, and known to be all. */
  boolean isComplete() {
    return state != null && length > 0 && length == state.total();
  }

  /** Whether the content was put together from the answers to more than one request. */
  boolean isAssembled() {
    return assembled;
  }

  Path path() {
    return file;
  }

  /** Begins anew with other content. */
  void restart(PartState fresh) throws IOException {
    RandomAccessFile target = output();
    if (target.length() != 0) {
      target.setLength(0);
    }
    target.seek(0);
    digest = new Sha256();
    length = 0;
    digested = 0;
    checkpointAt = CHECKPOINT_BYTES;
    assembled = false;
    state = withBoot(fresh);
    writeState();
  }

  /** Goes on behind the bytes that are here; reads them once for the digest. */
  void resume(long total) throws IOException {
    RandomAccessFile target = output();
    if (target.length() != length) {
      target.setLength(length);
    }
    target.seek(length);
    digestWhatIsHere();
    assembled = true;
    checkpointAt = length + CHECKPOINT_BYTES;
    state = withBoot(Objects.requireNonNull(state).withTotal(total));
    writeState();
  }

  void write(byte[] bytes, int count) throws IOException {
    RandomAccessFile target = output();
    target.write(bytes, 0, count);
    digest.update(bytes, count);
    length += count;
    digested = length;
    if (length >= checkpointAt) {
      checkpoint(target);
    }
  }

  /** Forces all to disk; the file is then whole. Returns its SHA-256. */
  String finish() throws IOException {
    digestWhatIsHere();
    checkpoint(output());
    closeOutput();
    return digest.hex();
  }

  /** Forgets all bytes and the files. */
  void discard() throws IOException {
    closeOutput();
    Files.deleteIfExists(sidecar);
    Files.deleteIfExists(file);
    state = null;
    length = 0;
    digested = 0;
    digest = new Sha256();
  }

  /** Forgets bytes that a failure of this kind shows to be of no use. */
  void dropIfTainted(FailureReason reason) throws IOException {
    switch (reason) {
      case CHANGED, DIGEST_MISMATCH, TOO_LARGE -> discard();
      default -> {
        // The bytes are good; the next attempt goes on behind them.
      }
    }
  }

  /** After the file was moved away. */
  void released() throws IOException {
    state = null;
    length = 0;
    Files.deleteIfExists(sidecar);
  }

  /** Leaves behind what the next run can use, or nothing. */
  @Override
  public void close() throws IOException {
    try {
      if (out != null && length > 0) {
        checkpoint(out);
      }
    } finally {
      closeOutput();
      if (length == 0) {
        Files.deleteIfExists(sidecar);
        Files.deleteIfExists(file);
      }
    }
  }

  private RandomAccessFile output() throws IOException {
    if (out == null) {
      out = new RandomAccessFile(file.toFile(), "rw");
    }
    return out;
  }

  private void closeOutput() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }

  private void checkpoint(RandomAccessFile target) throws IOException {
    target.getFD().sync();
    checkpointAt = length + CHECKPOINT_BYTES;
    if (state != null) {
      state = state.withValidated(length);
      writeState();
    }
  }

  private void digestWhatIsHere() throws IOException {
    if (digested == length) {
      return;
    }
    digest = new Sha256();
    byte[] buffer = new byte[BUFFER];
    long left = length;
    try (InputStream in = new FileInputStream(file.toFile())) {
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new IOException("'" + file + "' became shorter while it was read");
        }
        digest.update(buffer, count);
        left -= count;
      }
    }
    digested = length;
  }

  private PartState withBoot(PartState fresh) {
    return new PartState(
        fresh.url(),
        fresh.etag(),
        fresh.lastModified(),
        fresh.contentType(),
        fresh.total(),
        Math.min(fresh.validated(), length),
        boot);
  }

  private void writeState() throws IOException {
    Path fresh = sidecar.resolveSibling(sidecar.getFileName() + ".new");
    try (var target = new FileOutputStream(fresh.toFile())) {
      target.write(Objects.requireNonNull(state).toJson());
    }
    Files.move(fresh, sidecar, StandardCopyOption.ATOMIC_MOVE);
  }
}
