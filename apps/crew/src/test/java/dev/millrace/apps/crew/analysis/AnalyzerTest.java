package dev.millrace.apps.crew.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzerTest {
  private static final RuleBook BOOK = RuleBook.shipped();
  private static final Analyzer ANALYZER = new Analyzer(() -> BOOK);

  @TempDir Path folder;

  @Test
  void readsTheLoginExampleAsDocumented() {
    Analysis login = ANALYZER.analyze("实现用户登录功能，包括JWT认证、密码加密、会话管理");
    assertThat(login.complexity()).isEqualTo(Complexity.MEDIUM);
    assertThat(login.points()).isEqualTo(4);
    assertThat(login.domain()).isEqualTo("development");
    assertThat(login.roles())
        .containsExactly("backend-architect", "security-auditor", "api-designer", "test-engineer");
    assertThat(login.estimateHours()).isEqualTo(2.2);
    assertThat(login.tier()).isEqualTo(Tier.PREMIUM);
    assertThat(login.why())
        .extracting(match -> match.rule() + " " + match.matched() + " " + match.at())
        .containsExactly("login 登录 4", "token JWT 11", "security 认证 14", "password 密码 17");
    assertThat(login.index()).isEqualTo(5.5);
    assertThat(login.thinking()).isEqualTo(Thinking.NORMAL);
    assertThat(login.priority()).isEqualTo(3);
    assertThat(login.size()).isEqualTo(new Size(100, 2));
    assertThat(login.because().complexity())
        .extracting(match -> match.rule() + " " + match.effect())
        .containsExactly("build-verb +1", "token +1", "security +1", "password +1");
    assertThat(login.because().tier()).extracting(Match::matched).containsExactly("实现");
  }

  @ParameterizedTest
  @CsvSource({
    "3天内完成, PT72H, 3天",
    "给我两周, PT336H, 两周",
    "半天搞定, PT12H, 半天",
    "十二个小时, PT12H, 十二个小时",
    "二十三分钟, PT23M, 二十三分钟",
    "大约1.5小时, PT1H30M, 1.5小时",
    "２天, PT48H, ２天",
    "within 2 weeks please, PT336H, 2 weeks",
    "a 4-hour job, PT4H, 4-hour",
    "4 hours, PT4H, 4 hours",
    "in 24h, PT24H, 24h",
    "3 months, PT2160H, 3 months",
    "90 Min, PT1H30M, 90 Min",
    "一个半小时内, PT1H30M, 一个半小时",
    "大约两天半吧, PT60H, 两天半",
    "需要1小时30分钟, PT1H30M, 1小时30分钟",
    "1天 2 小时, PT26H, 1天 2 小时",
    "in two weeks, PT336H, two weeks",
    "takes half an hour, PT30M, half an hour",
    "1 hour and 30 minutes for 3 people, PT1H30M, 1 hour and 30 minutes",
    "2 weeks 3 tasks, PT336H, 2 weeks",
    "3 days 2 weeks, PT72H, 3 days",
  })
  void readsDurations(String text, Duration duration, String matched) {
    Analysis read = ANALYZER.analyze(text);
    assertThat(read.duration()).isEqualTo(duration);
    assertThat(read.because().duration().getFirst().matched()).isEqualTo(matched);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "第3天",
        "5日",
        "99999天",
        "v2 hours",
        "3 dogs",
        "4 hourly",
        "0天",
        "一二三四五天",
        "半半天",
        "12",
        "1.",
        "once a day",
        "someone days",
        "tenday",
        "one 天",
        "2024年3月"
      })
  void takesNothingElseForADuration(String text) {
    assertThat(ANALYZER.analyze(text).duration()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "hello, 5.0, NORMAL",
    "simple, 3.0, NORMAL",
    "a simple low thing, 1.5, NORMAL",
    "critical, 8.0, THINK_HARDER",
    "complex, 7.0, THINK_HARD",
    "复杂的开发, 7.5, THINK_HARD",
    "critical complex high develop test, 10.0, THINK_HARDER",
  })
  void computesTheIndex(String text, double index, Thinking thinking) {
    assertThat(ANALYZER.analyze(text).index()).isEqualTo(index);
    assertThat(ANALYZER.analyze(text).thinking()).isEqualTo(thinking);
  }

  @Test
  void countsTheLengthOfTheTextInTheIndex() {
    assertThat(ANALYZER.analyze("字".repeat(500)).index()).isEqualTo(5);
    assertThat(ANALYZER.analyze("字".repeat(501)).index()).isEqualTo(6);
    assertThat(ANALYZER.analyze("字".repeat(1_001)).index()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "紧急修复, 5",
    "urgent and low, 5",
    "high priority, 4",
    "优先级：中, 3",
    "normal, 2",
    "低优先级, 1",
    "x, 3"
  })
  void readsThePriority(String text, int priority) {
    assertThat(ANALYZER.analyze(text).priority()).isEqualTo(priority);
  }

  @Test
  void sizesByKeywords() {
    assertThat(ANALYZER.analyze("一个crud").size()).isEqualTo(new Size(45, 1));
    assertThat(ANALYZER.analyze("完整的增删改查").size()).isEqualTo(new Size(90, 1));
    assertThat(ANALYZER.analyze("microservices").size()).isEqualTo(new Size(30, 4));
    assertThat(ANALYZER.analyze("全栈").size()).isEqualTo(new Size(100, 4));
  }

  @Test
  void findsWhatASlowSearchFinds() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 200; i++) {
            String text = text(random);
            Set<String> quick = new HashSet<>();
            BOOK.index()
                .scan(text, (term, start, end) -> quick.add(term + " " + start + " " + end));
            assertThat(quick).as(text).isEqualTo(slow(text));
          }
        });
  }

  private static Set<String> slow(String text) {
    String folded = fold(text);
    Set<String> found = new HashSet<>();
    for (int term = 0; term < BOOK.terms(); term++) {
      String word = fold(BOOK.index().term(term));
      boolean prefix = word.endsWith("*");
      String part = prefix ? word.substring(0, word.length() - 1) : word;
      for (int at = folded.indexOf(part); at >= 0; at = folded.indexOf(part, at + 1)) {
        int end = at + part.length();
        boolean opens = !isWord(part.charAt(0)) || at == 0 || !isWord(folded.charAt(at - 1));
        boolean closes =
            prefix
                || !isWord(part.charAt(part.length() - 1))
                || end == folded.length()
                || !isWord(folded.charAt(end));
        if (opens && closes) {
          found.add(term + " " + at + " " + end);
        }
      }
    }
    return found;
  }

  private static String fold(String text) {
    StringBuilder folded = new StringBuilder();
    for (char c : text.toCharArray()) {
      folded.append(TermIndex.fold(c));
    }
    return folded.toString();
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Terms, pieces of terms and anything else, put together at random. */
  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(30);
    for (int i = 0; i < pieces; i++) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.append(' ');
        case 2 ->
            text.append(random.nextInt(2_000))
                .append(List.of("天", " hours", "半", "十", ".").get(random.nextInt(5)));
        default -> {
          String term = BOOK.index().term(random.nextInt(BOOK.terms()));
          text.append(random.nextBoolean() ? term : term.substring(random.nextInt(term.length())));
        }
      }
    }
    return random.nextInt(50) == 0 ? text.toString().repeat(50) : text.toString();
  }

  @Test
  void anyTextHasAnAnswer() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 2_000; i++) {
            String text = text(random);
            Analysis read = ANALYZER.analyze(text);
            assertThat(read.roles()).isNotEmpty().hasSizeLessThanOrEqualTo(read.complexity().roles);
            assertThat(read.index()).isBetween(1.0, 10.0);
            assertThat(read.why()).isNotEmpty();
            assertThat(ANALYZER.analyze(text)).isEqualTo(read);
          }
        });
  }

  @Test
  void rulesOfAFileReplaceAndAdd() throws Exception {
    Path file = folder.resolve("rules.json");
    Files.writeString(
        file,
        """
        {"roles": [
          {"rule": "payment", "roles": ["payment-expert"], "terms": ["支付", "payment*"]},
          {"rule": "documentation", "roles": ["librarian"], "terms": ["文档"]}],
         "stages": {"implementation": ["payment-expert"]}}
        """);
    RuleBook book = RuleBook.with(file);
    Analyzer own = new Analyzer(() -> book);
    assertThat(own.analyze("支付文档").roles()).containsExactly("payment-expert", "librarian");
    assertThat(own.analyze("docs").skills()).isEmpty();
    assertThat(own.analyze("登录").skills()).containsExactly("login");
    assertThat(book.stageOf("payment-expert")).contains("implementation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"roles\": [{\"rule\": \"a\", \"roles\": [], \"terms\": [\"x\"]}]} | rule 'a': it asks"
            + " for no role",
        "{\"roles\": [{\"rule\": \"a\", \"roles\": [\"b\"], \"terms\": []}]} | rule 'a': it has no"
            + " terms",
        "{\"priority\": [{\"rule\": \"a\", \"level\": 9, \"terms\": [\"x\"]}]} | level is 9; use 1"
            + " to 5",
        "{\"complexity\": [{\"rule\": \"a\", \"points\": 1, \"per\": \"day\", \"terms\": [\"x\"]}]}"
            + " | per is 'day'",
        "{\"keywords\": [{\"rule\": \"a\", \"terms\": [\"*\"]}]} | the term '*' is not allowed",
        "{\"rolls\": []} | rolls",
        "{ | line 1"
      })
  void refusesRulesAndNamesThePlace(String json, String why) throws Exception {
    Path file = folder.resolve("wrong.json");
    Files.writeString(file, json);
    assertThatThrownBy(() -> RuleBook.with(file))
        .isInstanceOf(RuleException.class)
        .hasMessageContaining("wrong.json")
        .hasMessageContaining(why.strip());
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> RuleBook.with(folder.resolve("none.json")))
        .hasMessageContaining("none.json")
        .hasMessageContaining("crew.rules");
  }
}
