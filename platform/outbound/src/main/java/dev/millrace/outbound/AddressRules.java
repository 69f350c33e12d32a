package dev.millrace.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are not of the public internet, after the IANA special-purpose registries (RFC
 * 6890 and successors). For IPv6 the question is turned round: only global unicast is public. An
 * IPv4 address inside an IPv6 one (mapped, 6to4, NAT64, ISATAP) is judged by itself.
 */
final class AddressRules {
  private static final List<AddressBlock> V4 =
      List.of(
          AddressBlock.of("0.0.0.0/8", "unspecified"),
          AddressBlock.of("10.0.0.0/8", "private"),
          AddressBlock.of("100.64.0.0/10", "of a carrier's NAT"),
          AddressBlock.of("127.0.0.0/8", "loopback"),
          AddressBlock.of("168.63.129.16/32", "of a cloud's metadata service"),
          AddressBlock.of("169.254.0.0/16", "link-local, where clouds serve their metadata"),
          AddressBlock.of("172.16.0.0/12", "private"),
          AddressBlock.of("192.0.0.0/24", "reserved for protocols"),
          AddressBlock.of("192.0.2.0/24", "for documentation"),
          AddressBlock.of("192.88.99.0/24", "a 6to4 relay"),
          AddressBlock.of("192.168.0.0/16", "private"),
          AddressBlock.of("198.18.0.0/15", "for benchmarks"),
          AddressBlock.of("198.51.100.0/24", "for documentation"),
          AddressBlock.of("203.0.113.0/24", "for documentation"),
          AddressBlock.of("224.0.0.0/4", "multicast"),
          AddressBlock.of("240.0.0.0/4", "reserved or broadcast"));

  private static final AddressBlock GLOBAL_V6 = AddressBlock.of("2000::/3", "global");
  private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::/16", "6to4");
  private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96", "NAT64");

  /** Inside global unicast, yet not public. */
  private static final List<AddressBlock> V6 =
      List.of(
          AddressBlock.of("2001::/32", "a Teredo tunnel"),
          AddressBlock.of("2001:2::/48", "for benchmarks"),
          AddressBlock.of("2001:10::/28", "an identifier, not a place"),
          AddressBlock.of("2001:20::/28", "an identifier, not a place"),
          AddressBlock.of("2001:db8::/32", "for documentation"),
          AddressBlock.of("3fff::/20", "for documentation"));

  /** For the words in the message only: these are refused for not being global. */
  private static final List<AddressBlock> KNOWN_V6 =
      List.of(
          AddressBlock.of("::1/128", "loopback"),
          AddressBlock.of("::/128", "unspecified"),
          AddressBlock.of("fc00::/7", "private (unique local)"),
          AddressBlock.of("fe80::/10", "link-local"),
          AddressBlock.of("ff00::/8", "multicast"));

  private AddressRules() {}

  /** Why the address is not public, in words that follow "is"; empty if it is public. */
  static Optional<String> refusal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? refusalV4(bytes) : refusalV6(bytes);
  }

  /** Addresses that nothing can be asked of, even where private ones are allowed. */
  static Optional<String> never(InetAddress address) {
    boolean broadcast = Arrays.equals(address.getAddress(), new byte[] {-1, -1, -1, -1});
    if (address.isMulticastAddress() || address.isAnyLocalAddress() || broadcast) {
      return Optional.of("unspecified, multicast or broadcast");
    }
    return Optional.empty();
  }

  private static Optional<String> refusalV4(byte[] bytes) {
    return first(V4, bytes);
  }

  private static Optional<String> refusalV6(byte[] bytes) {
    if (isMapped(bytes)) {
      return refusalV4(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (NAT64.contains(bytes)) {
      return refusalV4(Arrays.copyOfRange(bytes, 12, 16)).map(kind -> kind + " (behind NAT64)");
    }
    if (!GLOBAL_V6.contains(bytes)) {
      return first(KNOWN_V6, bytes).or(() -> Optional.of("not global"));
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return refusalV4(Arrays.copyOfRange(bytes, 2, 6)).map(kind -> kind + " (through 6to4)");
    }
    if (isIsatap(bytes)) {
      return refusalV4(Arrays.copyOfRange(bytes, 12, 16)).map(kind -> kind + " (through ISATAP)");
    }
    return first(V6, bytes);
  }

  private static Optional<String> first(List<AddressBlock> blocks, byte[] bytes) {
    return blocks.stream()
        .filter(block -> block.contains(bytes))
        .map(AddressBlock::kind)
        .findFirst();
  }

  /** {@code ::ffff:a.b.c.d}; the JDK unwraps these itself, but not every resolver is the JDK's. */
  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  /** An interface id of {@code [02]00:5efe:a.b.c.d}, RFC 5214. */
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xFD) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == (byte) 0xFE;
  }
}
