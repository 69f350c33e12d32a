package dev.millrace.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.SplittableRandom;

/** One block of pseudo-random bytes, repeated; its block number is mixed in so blocks differ. */
final class GeneratedBytes implements ByteSource {
  private static final int BLOCK = 64 * 1024;

  private final long length;
  private final byte[] block = new byte[BLOCK];

  GeneratedBytes(long length, long seed) {
    this.length = length;
    new SplittableRandom(seed).nextBytes(block);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void write(long offset, int count, OutputStream out) throws IOException {
    byte[] copy = new byte[Math.min(count, BLOCK)];
    long at = offset;
    long end = offset + count;
    while (at < end) {
      int within = (int) (at % BLOCK);
      int size = (int) Math.min(BLOCK - within, end - at);
      System.arraycopy(block, within, copy, 0, size);
      stamp(copy, at - within, within, size);
      out.write(copy, 0, size);
      at += size;
    }
  }

  /** The first eight bytes of a block are its number, so that no two blocks are alike. */
  private static void stamp(byte[] copy, long blockStart, int within, int size) {
    long number = blockStart / BLOCK;
    for (int i = within; i < Math.min(8, within + size); i++) {
      copy[i - within] ^= (byte) (number >>> (8 * i));
    }
  }
}
