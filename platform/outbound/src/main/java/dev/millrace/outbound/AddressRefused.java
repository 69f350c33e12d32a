package dev.millrace.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A name leads to an address that is not allowed. An IOException to pass through the client. */
final class AddressRefused extends UnknownHostException {
  private final String host;
  private final String kind;

  AddressRefused(String host, InetAddress address, String kind) {
    super("'" + host + "' leads to " + address.getHostAddress() + ", which is " + kind);
    this.host = host;
    this.kind = kind;
  }

  String host() {
    return host;
  }

  String kind() {
    return kind;
  }
}
