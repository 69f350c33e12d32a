package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "HTTP://Example.COM http://example.com/",
        "https://example.com:443/a https://example.com/a",
        "http://example.com:8080/a?b=c#d http://example.com:8080/a?b=c",
        "http://my_bucket.s3.example/a http://my_bucket.s3.example/a",
        "http://例え.example/图片/一.png http://xn--r8jz45g.example/%E5%9B%BE%E7%89%87/%E4%B8%80.png",
        "http://x.example/a%20b|c http://x.example/a%20b%7Cc",
        "http://x.example/a[0]?b[1]=2 http://x.example/a[0]?b[1]=2",
        "http://[2606:4700::1111]:81/ http://[2606:4700::1111]:81/",
        "http://x.example?q=1 http://x.example/?q=1"
      })
  void readsUrlsAsPeopleWriteThem(String text, String wire) throws Exception {
    assertThat(WebUrl.parse(text)).hasToString(wire);
  }

  @Test
  void encodesSpaces() throws Exception {
    assertThat(WebUrl.parse("  http://x.example/a b.png "))
        .hasToString("http://x.example/a%20b.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://",
        "http:///a",
        "http://exa mple.com/",
        "http://example.com:0/",
        "http://example.com:70000/",
        "http://example.com:x/",
        "http://[::1/",
        "javascript:alert(1)",
        "http://a..b/",
        "http://example.com\\@127.0.0.1/"
      })
  void refusesWhatIsNoWebAddress(String text) {
    assertThatThrownBy(() -> WebUrl.parse(text))
        .isInstanceOfSatisfying(
            OutboundException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.URL_INVALID));
  }

  @Test
  void neverRepeatsASecret() throws Exception {
    assertThatThrownBy(() -> WebUrl.parse("http://joe:hunter2@example.com/a"))
        .hasMessageContaining("user name")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> WebUrl.parse("htp://joe:hunter2@x/?key=hunter2"))
        .hasMessageNotContaining("hunter2");
    assertThat(WebUrl.parse("http://x.example/a?key=hunter2").shown())
        .isEqualTo("http://x.example/a?…");
    assertThatThrownBy(() -> WebUrl.parse("http://x.example/" + "a".repeat(9_000)))
        .hasMessageContaining("8192");
  }

  @ParameterizedTest
  @CsvSource({
    "/x, http://h.example/x",
    "x, http://h.example/a/b/x",
    "../x, http://h.example/a/x",
    "../../../x, http://h.example/x",
    "./x?y=../z, http://h.example/a/b/x?y=../z",
    "?z=1, http://h.example/a/b/c?z=1",
    "//other.example/x, http://other.example/x",
    "https://other.example, https://other.example/",
    "#top, http://h.example/a/b/c"
  })
  void resolvesRedirects(String location, String expected) throws Exception {
    assertThat(WebUrl.parse("http://h.example/a/b/c?q=1").resolve(location)).hasToString(expected);
  }
}
