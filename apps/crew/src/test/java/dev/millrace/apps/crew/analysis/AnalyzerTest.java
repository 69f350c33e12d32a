package dev.millrace.apps.crew.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnalyzerTest {
  private final Analyzer analyzer = new Analyzer(RuleBook.shipped());

  @Test
  void readsTheLoginExampleAsDocumented() {
    Analysis login = analyzer.analyze("实现用户登录功能，包括JWT认证、密码加密、会话管理");
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
  }
}
