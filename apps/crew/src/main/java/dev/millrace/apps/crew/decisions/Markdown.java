package dev.millrace.apps.crew.decisions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as Markdown, one text a decision, in the style of MADR 4 (Markdown Any Decision
 * Records): a front matter with status, date and people, and a section for each part. What is
 * written here can be read again.
 */
public final class Markdown {
  private static final String CONTEXT = "Context and Problem Statement";
  private static final String OPTIONS = "Considered Options";
  private static final String OUTCOME = "Decision Outcome";
  private static final String CONSEQUENCES = "Consequences";
  private static final String PROS = "Pros and Cons of the Options";
  private static final String IMPACTS = "Impacts";
  private static final String BECAUSE = "because ";
  private static final int MOST_CHARACTERS = 200_000;

  private Markdown() {}

  /** A decision as a text. */
  public static String write(Decision decision) {
    StringBuilder text = new StringBuilder("---\n");
    field(text, "id", decision.id());
    field(
        text,
        "status",
        decision.supersededBy() == null
            ? decision.status().word()
            : "superseded by " + decision.supersededBy());
    field(text, "date", decision.date().toString());
    field(text, "decision-makers", decision.decisionMaker());
    field(text, "consulted", String.join(", ", decision.agentsInvolved()));
    field(text, "informed", String.join(", ", decision.stakeholders()));
    field(text, "tags", String.join(", ", decision.tags()));
    field(text, "supersedes", String.join(", ", decision.supersedes()));
    text.append("---\n\n# ").append(line(decision.title())).append('\n');
    section(text, "## ", CONTEXT, decision.context());
    if (!decision.options().isEmpty()) {
      text.append("\n## ").append(OPTIONS).append("\n\n");
      decision
          .options()
          .forEach(option -> text.append("* ").append(line(option.name())).append('\n'));
    }
    section(text, "## ", OUTCOME, decision.decision());
    if (!decision.reasoning().isBlank()) {
      text.append('\n').append(BECAUSE).append(escaped(decision.reasoning())).append('\n');
    }
    section(text, "### ", CONSEQUENCES, decision.consequences());
    pros(text, decision.options());
    if (!decision.impacts().isEmpty()) {
      text.append("\n## ").append(IMPACTS).append("\n\n");
      for (Impact impact : decision.impacts()) {
        text.append("* ")
            .append(impact.at())
            .append(' ')
            .append(line(impact.type()))
            .append(": ")
            .append(line(impact.description()))
            .append(impact.outcome().isBlank() ? "" : " (" + line(impact.outcome()) + ")")
            .append('\n');
      }
    }
    return text.toString();
  }

  private static void pros(StringBuilder text, List<Choice> options) {
    if (options.stream().allMatch(each -> each.pros().isEmpty() && each.cons().isEmpty())) {
      return;
    }
    text.append("\n## ").append(PROS).append('\n');
    for (Choice option : options) {
      text.append("\n### ").append(line(option.name())).append("\n\n");
      option.pros().forEach(pro -> text.append("* Good, because ").append(line(pro)).append('\n'));
      option.cons().forEach(con -> text.append("* Bad, because ").append(line(con)).append('\n'));
    }
  }

  private static void field(StringBuilder text, String name, String value) {
    if (!value.isBlank()) {
      text.append(name).append(": ").append(line(value)).append('\n');
    }
  }

  private static void section(StringBuilder text, String sign, String name, String content) {
    if (!content.isBlank()) {
      text.append('\n')
          .append(sign)
          .append(name)
          .append("\n\n")
          .append(escaped(content))
          .append('\n');
    }
  }

  private static String line(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  /** A line of a text that looks like a heading is no heading of ours. */
  private static String escaped(String text) {
    return text.strip().replaceAll("(?m)^(#+ )", "\\\\$1");
  }

  private static String plain(String text) {
    return text.strip().replaceAll("(?m)^\\\\(#+ )", "$1");
  }

  /**
   * Reads a text in this style; sections that are not known are left out.
   *
   * @throws IllegalArgumentException if it has no title or no outcome
   */
  public static NewDecision read(String text, String project) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "the text has "
              + text.length()
              + " characters; at most "
              + MOST_CHARACTERS
              + " are read");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    String body = frontMatter(text.replace("\r\n", "\n").replaceFirst("^\uFEFF", ""), fields);
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    String title = sections(body, sections);
    if (title.isBlank()) {
      throw new IllegalArgumentException("the text has no title; begin with '# Title'");
    }
    String outcome = section(sections, OUTCOME);
    if (outcome.isBlank()) {
      throw new IllegalArgumentException("the text has no section '## " + OUTCOME + "'");
    }
    int because = outcome.startsWith(BECAUSE) ? 0 : outcome.indexOf("\n" + BECAUSE);
    String decision = because <= 0 ? outcome : outcome.substring(0, because);
    String reasoning = because <= 0 ? "" : outcome.substring(because + 1 + BECAUSE.length());
    return new NewDecision(
        project,
        title,
        date(fields.get("date")),
        status(fields.getOrDefault("status", "")),
        plain(section(sections, CONTEXT)),
        options(sections),
        plain(decision),
        plain(reasoning),
        plain(section(sections, CONSEQUENCES)),
        fields.getOrDefault("decision-makers", fields.getOrDefault("deciders", "")),
        list(fields.get("informed")),
        list(fields.get("consulted")),
        list(fields.get("tags")),
        List.of(),
        new Metadata(null, null, null, fields.get("id")));
  }

  private static String frontMatter(String text, Map<String, String> fields) {
    if (!text.startsWith("---\n")) {
      return text;
    }
    int end = text.indexOf("\n---", 3);
    if (end < 0) {
      return text;
    }
    text.substring(4, end)
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            String value = line.substring(colon + 1).strip();
            fields.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), unquoted(value));
          }
        });
    return text.substring(Math.min(text.length(), end + 4));
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && value.charAt(0) == value.charAt(value.length() - 1)
            && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Sections by heading; those of one option are put under the option's name. */
  private static String sections(String body, Map<String, StringBuilder> sections) {
    String title = "";
    StringBuilder open = new StringBuilder();
    for (String line : body.split("\n", -1)) {
      if (line.startsWith("# ") && title.isEmpty()) {
        title = line.substring(2).strip();
      } else if (line.startsWith("## ") || line.startsWith("### ")) {
        String name = line.substring(line.indexOf(' ') + 1).strip();
        open = sections.computeIfAbsent(name, _ -> new StringBuilder());
      } else {
        open.append(line).append('\n');
      }
    }
    return title;
  }

  private static String section(Map<String, StringBuilder> sections, String name) {
    StringBuilder found = sections.get(name);
    return found == null ? "" : found.toString().strip();
  }

  private static List<Choice> options(Map<String, StringBuilder> sections) {
    List<Choice> options = new ArrayList<>();
    for (String name : items(section(sections, OPTIONS))) {
      List<String> pros = new ArrayList<>();
      List<String> cons = new ArrayList<>();
      for (String item : items(section(sections, name))) {
        after(item, "Good, because ").ifPresent(pros::add);
        after(item, "Bad, because ").ifPresent(cons::add);
      }
      options.add(new Choice(name, pros, cons));
    }
    return options;
  }

  private static List<String> items(String section) {
    return section
        .lines()
        .filter(line -> line.startsWith("* ") || line.startsWith("- "))
        .map(line -> line.substring(2).strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static Optional<String> after(String text, String beginning) {
    return text.startsWith(beginning)
        ? Optional.of(text.substring(beginning.length()))
        : Optional.empty();
  }

  private static List<String> list(@Nullable String value) {
    if (value == null) {
      return List.of();
    }
    List<String> items = new ArrayList<>();
    for (String item : value.replaceAll("^\\[|]$", "").split(",", -1)) {
      if (!item.isBlank()) {
        items.add(unquoted(item.strip()));
      }
    }
    return items;
  }

  /** What is superseded elsewhere is deprecated here, until its successor is known. */
  static DecisionStatus status(String word) {
    String first = word.strip().toLowerCase(Locale.ROOT).split("\\s+", 2)[0];
    return switch (first) {
      case "proposed", "draft" -> DecisionStatus.PROPOSED;
      case "rejected" -> DecisionStatus.REJECTED;
      case "deprecated", "superseded" -> DecisionStatus.DEPRECATED;
      default -> DecisionStatus.ACCEPTED;
    };
  }

  /** An instant, or a day, or a local time taken as UTC; null for none. */
  static @Nullable Instant date(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String given = text.strip().replace(' ', 'T');
    try {
      if (given.length() == 10) {
        return LocalDate.parse(given).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean zoned = given.endsWith("Z") || given.matches(".*[+-][0-9]{2}:[0-9]{2}$");
      return zoned
          ? java.time.OffsetDateTime.parse(given).toInstant()
          : java.time.LocalDateTime.parse(given).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException none) {
      throw new IllegalArgumentException(
          "the date '" + text + "' cannot be read; write it like 2026-11-22T02:30:00Z", none);
    }
  }
}
