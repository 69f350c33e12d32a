package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScannerTest {
  @Test
  void makesOneFingerprintOfStatementsThatDifferInValues() {
    String expected = "SELECT a FROM t WHERE b = ? AND c IN (?…)";
    assertThat(SqlScanner.fingerprint("SELECT a FROM t WHERE b = 'it''s' AND c IN (1, 2.5e-3)"))
        .isEqualTo(expected);
    assertThat(
            SqlScanner.fingerprint(
                "SELECT a\n  FROM t -- comment\n WHERE b=?1 AND /* x */ c IN (:a, @b, x'00')"))
        .isEqualTo(expected);
    assertThat(SqlScanner.fingerprint("INSERT INTO t(a) VALUES (?,?),(?,?),(?,?)"))
        .isEqualTo(SqlScanner.fingerprint("INSERT INTO t(a) VALUES (?,?,?),(?,?,?)"));
  }

  @Test
  void keepsNamesApartFromValues() {
    assertThat(SqlScanner.fingerprint("SELECT \"a b\", `c`, [d e], t1.x FROM t1"))
        .isEqualTo("SELECT \"a b\", `c`, [d e], t1.x FROM t1");
  }

  @Test
  void splitsScriptsAtTheRightSemicolons() {
    assertThat(SqlScanner.statements("A ';' ; -- x;\n B \";\" /* ; */ ;; \n"))
        .containsExactly("A ';'", "B \";\" /* ; */");
    String trigger =
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; "
            + "DELETE FROM b; END";
    assertThat(SqlScanner.statements(trigger + "; SELECT 1")).containsExactly(trigger, "SELECT 1");
    assertThat(SqlScanner.statements("SELECT 'open")).containsExactly("SELECT 'open");
  }

  @Test
  void findsTheFirstWordBehindComments() {
    assertThat(SqlScanner.firstWord("  /* a */ -- b\n select 1")).isEqualTo("select");
    assertThat(SqlScanner.firstWord("(1)")).isEmpty();
    assertThat(SqlScanner.hasSecondStatement("SELECT 1; -- end")).isFalse();
    assertThat(SqlScanner.hasSecondStatement("SELECT 1; SELECT 2")).isTrue();
  }
}
