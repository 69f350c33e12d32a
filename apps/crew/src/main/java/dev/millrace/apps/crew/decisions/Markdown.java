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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern SUPERSEDED =
      Pattern.compile("(?i)superseded\\s+by\\s+\\[?([^]\\s]+)]?(?:\\(([^)]+)\\))?.*");
  private static final Pattern LINK = Pattern.compile("\\[?[^]]*]\\(([^)]+)\\)");
  private static final Pattern IMPACT =
      Pattern.compile(
          "(?m)^\\* (\\S+) ([^:\\n]{1,100}): (.{1,5000}?)(?: \\(([^()\\n]{0,500})\\))?$"
              + "((?:\\n  \\* .*)*)");
  private static final Pattern METRIC =
      Pattern.compile("(?m)^  \\* (.+) = (-?[0-9.]+(?:[eE][+-]?[0-9]+)?)$");

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
    metadata(text, decision.metadata());
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
      decision.impacts().forEach(impact -> impact(text, impact));
    }
    return text.toString();
  }

  private static void metadata(StringBuilder text, @Nullable Metadata metadata) {
    if (metadata != null) {
      field(text, "session", blankIfNone(metadata.sessionId()));
      field(text, "complexity", blankIfNone(metadata.complexity()));
      field(text, "workflow", blankIfNone(metadata.workflowId()));
    }
  }

  private static String blankIfNone(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** One line, and one below it for each of its numbers. */
  private static void impact(StringBuilder text, Impact impact) {
    String description = line(impact.description());
    String outcome = line(impact.outcome()).replace('(', '[').replace(')', ']');
    text.append("* ")
        .append(impact.at())
        .append(' ')
        .append(line(impact.type()).replace(":", ""))
        .append(": ")
        .append(description)
        // What ends in brackets would be taken for an outcome.
        .append(outcome.isEmpty() && !description.endsWith(")") ? "" : " (" + outcome + ")")
        .append('\n');
    new TreeMap<>(impact.metrics())
        .forEach((name, value) ->
            text.append("  * ").append(line(name)).append(" = ").append(value).append('\n'));
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
    return readFile(text, project, null).decision();
  }

  /**
   * Reads a text with what came of the decision and what stands in its place.
   *
   * @param file the name of its file without the ending, which is its id if it names none
   * @throws IllegalArgumentException if it has no title or no outcome
   */
  static DecisionReader.Read readFile(String text, String project, @Nullable String file) {
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
    String id = fields.get("id");
    NewDecision made =
        new NewDecision(
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
            new Metadata(
                fields.get("session"),
                fields.get("complexity"),
                fields.get("workflow"),
                id == null ? file : id));
    return new DecisionReader.Read(
        made,
        successor(fields.getOrDefault("status", "")),
        list(fields.get("supersedes")).stream().map(Markdown::named).toList(),
        impacts(section(sections, IMPACTS)));
  }

  /** What a status such as {@code superseded by [ADR-0005](0005-other.md)} names; null if none. */
  private static @Nullable String successor(String status) {
    Matcher found = SUPERSEDED.matcher(status.strip());
    if (!found.matches()) {
      return null;
    }
    String file = found.group(2);
    return file == null ? found.group(1) : ofFile(file);
  }

  private static String ofFile(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(".md") ? name.substring(0, name.length() - 3) : name;
  }

  /** An id, or that of the file which a link such as {@code [ADR-0001](0001-first.md)} leads to. */
  private static String named(String text) {
    Matcher link = LINK.matcher(text);
    return link.matches() ? ofFile(link.group(1)) : ofFile(text);
  }

  private static List<Impact> impacts(String section) {
    List<Impact> impacts = new ArrayList<>();
    Matcher found = IMPACT.matcher(section);
    while (found.find()) {
      Map<String, Double> metrics = new LinkedHashMap<>();
      Matcher metric = METRIC.matcher(found.group(5));
      while (metric.find()) {
        metrics.put(metric.group(1), Double.valueOf(metric.group(2)));
      }
      String outcome = found.group(4);
      impacts.add(
          new Impact(
              found.group(2),
              found.group(3),
              outcome == null ? "" : outcome,
              metrics,
              date(found.group(1))));
    }
    return impacts;
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
