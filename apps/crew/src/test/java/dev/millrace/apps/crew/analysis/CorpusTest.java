package dev.millrace.apps.crew.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests in Chinese and English with the answers that were worked out by hand. */
class CorpusTest {
  private static final Analyzer ANALYZER = new Analyzer(RuleBook::shipped);

  record Case(
      String request,
      String complexity,
      String domain,
      String tier,
      List<String> roles,
      List<String> patterns) {}

  static List<Case> cases() throws Exception {
    try (var in = CorpusTest.class.getResourceAsStream("requests.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(CorpusTest::parse)
          .toList();
    }
  }

  private static Case parse(String line) {
    String[] parts = line.split(" \\| ?", -1);
    return new Case(parts[0], parts[1], parts[2], parts[3], words(parts[4]), words(parts[5]));
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsARequestByTheRules(Case wanted) {
    Analysis read = ANALYZER.analyze(wanted.request());
    String points = read.points() + " points, " + read.because().complexity();
    assertThat(read.complexity().name().toLowerCase(Locale.ROOT))
        .as(points)
        .isEqualTo(wanted.complexity());
    assertThat(read.domain()).isEqualTo(wanted.domain());
    assertThat(read.tier().name().toLowerCase(Locale.ROOT)).isEqualTo(wanted.tier());
    if (!wanted.roles().isEmpty()) {
      assertThat(read.roles()).containsExactlyElementsOf(wanted.roles());
    }
    if (!wanted.patterns().isEmpty()) {
      assertThat(read.skills()).containsExactlyElementsOf(wanted.patterns());
    }
    for (Match match : read.why()) {
      assertThat(wanted.request()).contains(match.matched());
      assertThat(wanted.request().startsWith(match.matched(), match.at())).isTrue();
    }
  }

  @Test
  void isLargeEnoughAndInBothLanguages() throws Exception {
    List<Case> all = cases();
    long chinese =
        all.stream().filter(each -> each.request().codePoints().anyMatch(c -> c > 0x3400)).count();
    assertThat(all).hasSizeGreaterThanOrEqualTo(60);
    assertThat(chinese).isGreaterThan(25);
    assertThat(all.size() - chinese).isGreaterThan(25);
  }
}
