package dev.millrace.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps requests away from this machine and its private neighbours. Thread-safe.
 *
 * <p>A name is resolved once and every address is checked; the connection then goes to one of
 * exactly these addresses, so a name that changes its mind between check and connection (DNS
 * rebinding) gains nothing. One refused address refuses the name.
 */
public final class AddressGuard {
  private final NameResolver resolver;
  private final boolean allowPrivate;
  private final List<AddressBlock> allowed;

  AddressGuard(NameResolver resolver, OutboundConfig config) {
    this.resolver = resolver;
    allowPrivate = config.allowPrivateAddresses();
    allowed =
        config.allowedNetworks().stream()
            .map(network -> AddressBlock.of(network, "allowed"))
            .toList();
  }

  /**
   * What is wrong with a URL as far as it can be told without a look-up: its syntax, and private
   * addresses written out. For checks before any work; a name that passes may still be refused when
   * it is resolved.
   *
   * @return the problem in a sentence with a remedy, or empty if there is none
   */
  public Optional<OutboundException> problem(String url) {
    try {
      var parsed = WebUrl.parse(url);
      if (!allowPrivate && allowed.isEmpty() && isLocalName(parsed.host())) {
        return Optional.of(refused(parsed.host(), "a name of this machine"));
      }
      checkAddress(parsed.host(), InetAddress.ofLiteral(parsed.host()));
      return Optional.empty();
    } catch (OutboundException e) {
      return Optional.of(e);
    } catch (AddressRefused e) {
      return Optional.of(refused(e.host(), e.kind()));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  /**
   * The addresses of {@code host}, all of them checked.
   *
   * @throws AddressRefused if one of them is not allowed
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException {
    List<InetAddress> addresses = resolver.resolve(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host + ": it has no address");
    }
    for (InetAddress address : addresses) {
      checkAddress(host, address);
    }
    return addresses;
  }

  private void checkAddress(String host, InetAddress address) throws AddressRefused {
    boolean lifted =
        allowPrivate || allowed.stream().anyMatch(block -> block.contains(address.getAddress()));
    var refusal = lifted ? AddressRules.never(address) : AddressRules.refusal(address);
    if (refusal.isPresent()) {
      throw new AddressRefused(host, address, refusal.get());
    }
  }

  private static boolean isLocalName(String host) {
    return host.equals("localhost") || host.endsWith(".localhost");
  }

  private static OutboundException refused(String host, String kind) {
    return new OutboundException(FailureReason.ADDRESS_REFUSED, "'" + host + "' is " + kind);
  }
}
