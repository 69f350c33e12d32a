package dev.millrace.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host's name into addresses. The one place where that happens. */
@FunctionalInterface
public interface NameResolver {
  /**
   * All addresses of {@code host}, which may be an address itself; never empty. Must be
   * thread-safe.
   *
   * @throws UnknownHostException if there is none, or none in time
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** The JDK's resolver, with its cache. It blocks its thread in native code. */
  static NameResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
