package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.databind.json.JsonMapper;

class JsonBuffersTest {
  @Test
  void givesAThreadWhatItPutBackAndNobodyTheSameTwice() {
    BufferRecycler first = JsonBuffers.POOL.acquireAndLinkPooled();
    BufferRecycler second = JsonBuffers.POOL.acquireAndLinkPooled();
    assertThat(second).isNotSameAs(first);
    first.releaseToPool();
    assertThat(JsonBuffers.POOL.acquirePooled()).isSameAs(first);
    assertThat(JsonBuffers.POOL.acquirePooled()).isNotSameAs(first);
  }

  @Test
  void keepsTextsOfManyThreadsApart() throws Exception {
    JsonMapper mapper =
        JsonMapper.builder(JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build()).build();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs =
          IntStream.range(0, 2_000)
              .mapToObj(i ->
                  threads.submit(() -> {
                    Map<String, String> given = Map.of("k" + i, ("v" + i).repeat(i % 500));
                    return mapper
                        .readValue(mapper.writeValueAsBytes(given), Map.class)
                        .equals(given);
                  }))
              .toList();
      for (Future<Boolean> run : runs) {
        assertThat(run.get()).isTrue();
      }
    }
  }
}
