package dev.millrace.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = TestApi.start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | br",
        "gzip | gzip",
        "br | br",
        "BR;q=0.5, gzip;q=0.4 | br",
        "br;q=0.1, gzip;q=0.9 | gzip",
        "br;q=0, * | gzip",
        "* | br",
        "identity, gzip;q=0.5 | ''",
        "gzip;q=0 | ''",
        "gzip;q=nonsense | ''",
        "deflate | ''",
        "gzip;level=1 | gzip",
      })
  void compressesAsTheClientPrefers(String accept, String encoding) throws Exception {
    var answer =
        client.sendForBytes(client.to("/api/v1/large").header("Accept-Encoding", accept.strip()));
    assertThat(answer.headers().firstValue("Content-Encoding").orElse(""))
        .isEqualTo(encoding.strip());
    assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
    byte[] plain =
        switch (encoding.strip()) {
          case "br" -> Decoder.decompress(answer.body()).getDecompressedData();
          case "gzip" ->
              new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
          default -> answer.body();
        };
    assertThat(new String(plain, UTF_8)).startsWith("[\"the same again\",").hasSize(17_001);
    if (!encoding.isBlank()) {
      assertThat(answer.body().length).isLessThan(1000);
    }
  }

  @Test
  void leavesSmallAnswersAsTheyAre() throws Exception {
    var answer = client.get("/api/v1/orders/a", "Accept-Encoding", "br");
    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(answer.body()).isEqualTo("{\"id\":\"a\"}");
  }

  @Test
  void doesNotSendWhatTheClientHas() throws Exception {
    var first = client.get("/api/v1/large");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
    var again = client.get("/api/v1/large", "If-None-Match", "\"other\", W/" + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).contains(tag);
    assertThat(client.get("/api/v1/large", "If-None-Match", "*").statusCode()).isEqualTo(304);
    assertThat(client.get("/api/v1/large", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(client.get("/api/v1/orders/b", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void givesEachEncodingItsOwnTag() throws Exception {
    String plain = client.get("/api/v1/large").headers().firstValue("ETag").orElseThrow();
    String packed =
        client
            .sendForBytes(client.to("/api/v1/large").header("Accept-Encoding", "gzip"))
            .headers()
            .firstValue("ETag")
            .orElseThrow();
    assertThat(packed).isNotEqualTo(plain).endsWith("-gzip\"");
    assertThat(
            client
                .get("/api/v1/large", "Accept-Encoding", "gzip", "If-None-Match", packed)
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void keepsAnswersToWritesOutOfCaches() throws Exception {
    var answer =
        client.post(
            "/api/v1/orders", "{\"customer\":\"Ada\",\"lines\":[{\"item\":\"pen\",\"count\":2}]}");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
    assertThat(client.get("/api/v1/nothing").headers().firstValue("Cache-Control"))
        .contains("no-store");
  }
}
