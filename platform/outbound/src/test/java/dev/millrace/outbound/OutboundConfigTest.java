package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundConfigTest {
  private static final OutboundConfig FROM =
      OutboundConfig.defaults()
          .withAllowPrivateAddresses(true)
          .withAllowedNetworks(List.of("10.0.0.0/8"))
          .withUserAgent("Other");

  private static List<String> differences(OutboundConfig changed) throws Exception {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : OutboundConfig.class.getRecordComponents()) {
      if (!component.getAccessor().invoke(FROM).equals(component.getAccessor().invoke(changed))) {
        names.add(component.getName());
      }
    }
    return names;
  }

  @Test
  void changesWhatIsNamedAndKeepsTheRest() throws Exception {
    Map<List<String>, OutboundConfig> changes = new LinkedHashMap<>();
    changes.put(List.of("allowPrivateAddresses"), FROM.withAllowPrivateAddresses(false));
    changes.put(List.of("allowedNetworks"), FROM.withAllowedNetworks(List.of()));
    changes.put(List.of("maxRedirects"), FROM.withMaxRedirects(7));
    changes.put(List.of("maxDownloads", "maxPerHost"), FROM.withConcurrency(3, 2));
    changes.put(List.of("maxBytes"), FROM.withMaxBytes(9));
    changes.put(List.of("progressEvery"), FROM.withProgressEvery(Duration.ofSeconds(3)));
    changes.put(List.of("userAgent"), FROM.withUserAgent("Third"));
    for (var change : changes.entrySet()) {
      assertThat(differences(change.getValue())).isEqualTo(change.getKey());
    }
    assertThat(differences(FROM.withTimes(FROM.times()))).isEmpty();
    assertThat(differences(FROM.withRetries(FROM.retries()).withBreaker(FROM.breaker()))).isEmpty();
    assertThat(differences(FROM.withCache(FROM.cache()))).isEmpty();
  }
}
