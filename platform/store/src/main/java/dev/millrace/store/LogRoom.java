package dev.millrace.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the file of the write-ahead log the length that it grows to anyway, so that commits write
 * over what is there: to append, the file system has to commit its own journal with each of them.
 *
 * <p>SQLite keeps what is behind the last frame of a log that began anew, and reads a log only as
 * far as its checksums go, so zeros at its end mean nothing to it. They are written while the
 * writer holds SQLite's lock of writes, so that no other process appends a frame meanwhile. No lock
 * is on the log's file, and so none is dropped when it is closed. Used by the thread that folds.
 */
final class LogRoom {
  private static final Logger LOG = LoggerFactory.getLogger(LogRoom.class);

  /** The writer is held for as long as it takes to put this into the page cache, about 1 ms. */
  private static final int STEP_BYTES = 1 << 20;

  private static final int PIECE_BYTES = 1 << 16;

  /** A disk that does not have so many times the length free needs its room for data. */
  private static final int FREE = 10;

  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final StoreFiles files;
  private final Writer writer;
  private final long wanted;
  private volatile boolean failed;

  /**
   * @param wanted how long the file is to be, in bytes
   */
  LogRoom(StoreFiles files, Writer writer, long wanted) {
    this.files = files;
    this.writer = writer;
    this.wanted = wanted;
  }

  /** Makes the file longer by a step; false if it is as long as it is to be, or may get. */
  boolean grow() {
    if (failed || files.logBytes() >= wanted || files.freeBytes() / FREE < wanted) {
      return false;
    }
    writer.growLog(this::append, PATIENCE);
    try (FileChannel log = FileChannel.open(files.log(), StandardOpenOption.WRITE)) {
      log.force(true);
    } catch (IOException failure) {
      giveUp(failure);
    }
    return !failed;
  }

  private void append() {
    try (FileChannel log = FileChannel.open(files.log(), StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(PIECE_BYTES);
      long end = log.size();
      long to = Math.min(end + STEP_BYTES, wanted);
      while (end < to) {
        end += log.write(zeros.clear().limit((int) Math.min(PIECE_BYTES, to - end)), end);
      }
    } catch (IOException failure) {
      giveUp(failure);
    }
  }

  /** A log that has to be appended to is slower and nothing else. */
  private void giveUp(IOException failure) {
    failed = true;
    LOG.debug("{} could not be made longer ahead of its use", files.log(), failure);
  }
}
