package dev.millrace.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Rows in columns as wide as their widest cell; numbers at the right. Not thread-safe. */
final class TextTable {
  private static final int WIDEST = 60;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... titles) {
    List<String> upper = new ArrayList<>();
    for (String title : titles) {
      upper.add(title.toUpperCase(Locale.ROOT));
    }
    rows.add(upper);
  }

  TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(shortened(String.valueOf(cell).replaceAll("\\s+", " ")));
    }
    rows.add(row);
    return this;
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    var lines = new StringJoiner("\n");
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        String gap = " ".repeat(width(column) - cells(cell));
        line.append(isNumber(column) ? gap + cell : cell + gap).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> cells(row.get(column))).max().orElse(0);
  }

  private boolean isNumber(int column) {
    return rows.size() > 1
        && rows.stream().skip(1).allMatch(row -> row.get(column).matches("[\\d,.]+"));
  }

  /** How many places of a terminal a text takes: Han and its like take two. */
  private static int cells(String text) {
    return text.codePoints()
        .map(each -> Character.isIdeographic(each) || isWide(each) ? 2 : 1)
        .sum();
  }

  private static boolean isWide(int each) {
    return (each >= 0x3000 && each <= 0x30FF)
        || (each >= 0xAC00 && each <= 0xD7A3)
        || (each >= 0xFF01 && each <= 0xFF60);
  }
}
