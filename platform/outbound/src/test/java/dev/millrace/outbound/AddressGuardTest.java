package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private final AddressGuard guard = guard(OutboundConfig.defaults());

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "10.0.0.1, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.0.1, private",
    "100.64.0.1, carrier",
    "100.127.255.255, carrier",
    "100.100.100.200, carrier",
    "169.254.169.254, metadata",
    "168.63.129.16, metadata",
    "192.0.0.1, reserved",
    "198.18.0.1, bench",
    "198.19.255.255, bench",
    "192.0.2.1, documentation",
    "198.51.100.7, documentation",
    "203.0.113.9, documentation",
    "192.88.99.1, relay",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "::, unspecified",
    "::1, loopback",
    "::ffff:127.0.0.1, loopback",
    "::127.0.0.1, not global",
    "fc00::1, unique local",
    "fd12:3456::1, unique local",
    "fe80::1, link-local",
    "fec0::1, not global",
    "ff02::1, multicast",
    "2002:7f00:1::, loopback",
    "2002:a00:1::1, private",
    "2002:c0a8:101::, private",
    "64:ff9b::a00:1, NAT64",
    "64:ff9b:1::1, not global",
    "2001:0:1::1, Teredo",
    "2001:db8::1, documentation",
    "3fff::1, documentation",
    "2001:10::1, identifier",
    "2600::5efe:a00:1, ISATAP",
    "2600::200:5efe:127.0.0.1, ISATAP",
    "100::1, not global",
    "5f00::1, not global"
  })
  void refusesWhatIsNotPublic(String address, String kind) {
    assertThat(AddressRules.refusal(InetAddress.ofLiteral(address)))
        .hasValueSatisfying(words -> assertThat(words).contains(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "169.253.255.255",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "2002:101:101::1",
        "64:ff9b::101:101",
        "2001:4860:4860::8888"
      })
  void allowsWhatIsPublic(String address) {
    assertThat(AddressRules.refusal(InetAddress.ofLiteral(address))).isEmpty();
  }

  @Test
  void refusesAMappedAddressThatTheJdkDidNotUnwrap() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 10;
    var address = java.net.Inet6Address.getByAddress("x", mapped, -1);
    assertThat(AddressRules.refusal(address)).contains("private");
  }

  @Test
  void refusesANameIfOneOfItsAddressesIsPrivate() {
    var mixed =
        new AddressGuard(
            _ -> List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1")),
            OutboundConfig.defaults());
    assertThatThrownBy(() -> mixed.resolve("mixed.example"))
        .isInstanceOf(AddressRefused.class)
        .hasMessageContaining("mixed.example")
        .hasMessageContaining("10.0.0.1")
        .hasMessageContaining("private");
  }

  @Test
  void refusesANameWithoutAddresses() {
    var empty = new AddressGuard(_ -> List.of(), OutboundConfig.defaults());
    assertThatThrownBy(() -> empty.resolve("x.example")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void isLiftedByConfigurationOnly() throws Exception {
    var lifted = guard(OutboundConfig.defaults().withAllowPrivateAddresses(true));
    assertThat(lifted.resolve("10.0.0.1")).hasSize(1);
    assertThat(lifted.problem("http://localhost:8080/")).isEmpty();
    for (String senseless : List.of("0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1")) {
      assertThatThrownBy(() -> lifted.resolve(senseless)).isInstanceOf(AddressRefused.class);
    }
    var partly =
        guard(OutboundConfig.defaults().withAllowedNetworks(List.of("10.1.0.0/16", "fd00::/8")));
    assertThat(partly.resolve("10.1.255.1")).hasSize(1);
    assertThat(partly.resolve("fd01::1")).hasSize(1);
    assertThatThrownBy(() -> partly.resolve("10.2.0.1")).isInstanceOf(AddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/a", "http://localhost/a", "https://x.localhost/", "http://[::1]:8080/",
        "http://192.168.1.1/", "http://169.254.169.254/latest", "http://[fd00::1]/",
            "http://2130706433/"
      })
  void findsPrivateAddressesBeforeAnyLookUp(String url) {
    var problem = guard.problem(url);
    if (url.contains("2130706433") && problem.isEmpty()) {
      assertThatThrownBy(() -> guard.resolve("2130706433"))
          .isInstanceOf(UnknownHostException.class);
      return;
    }
    assertThat(problem)
        .hasValueSatisfying(e -> assertThat(e.reason()).isEqualTo(FailureReason.ADDRESS_REFUSED));
  }

  @Test
  void findsNothingWrongWithAPublicUrl() {
    assertThat(guard.problem("https://example.com/a.png")).isEmpty();
    assertThat(guard.problem("http://1.1.1.1/a.png")).isEmpty();
    assertThat(guard.problem("ftp://example.com/a"))
        .hasValueSatisfying(e -> assertThat(e.reason()).isEqualTo(FailureReason.URL_INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "x/8", "::/129", "10.0.0.0/-1", ""})
  void namesANetworkThatIsNone(String network) {
    assertThatThrownBy(() -> OutboundConfig.defaults().withAllowedNetworks(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + network + "'");
  }

  private static AddressGuard guard(OutboundConfig config) {
    return new AddressGuard(NameResolver.system(), config);
  }
}
