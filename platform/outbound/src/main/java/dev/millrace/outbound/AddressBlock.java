package dev.millrace.outbound;

import java.net.InetAddress;

/**
 * Addresses that share their first {@code bits} bits.
 *
 * @param start the first of them, 4 or 16 bytes in network order
 * @param kind what they are, for people
 */
record AddressBlock(InetAddress start, int bits, String kind) {
  /**
   * From the usual writing, such as {@code 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException if it is none, naming it
   */
  static AddressBlock of(String cidr, String kind) {
    try {
      int slash = cidr.indexOf('/');
      InetAddress start = InetAddress.ofLiteral(cidr.substring(0, slash));
      int bits = Integer.parseInt(cidr.substring(slash + 1));
      if (bits >= 0 && bits <= 8 * start.getAddress().length) {
        return new AddressBlock(start, bits, kind);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      // Said below, in one way for all of them.
    }
    throw new IllegalArgumentException(
        "'" + cidr + "' is no network; write it like 10.1.0.0/16 or fd00:1::/32");
  }

  /** Whether the address with these bytes belongs to the block. */
  boolean contains(byte[] address) {
    byte[] own = start.getAddress();
    if (own.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit)) & 0xFF;
      if ((own[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
